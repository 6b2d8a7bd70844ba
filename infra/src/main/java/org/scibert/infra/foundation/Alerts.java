package org.scibert.infra.foundation;

import java.util.List;
import java.util.Map;
import org.scibert.infra.Names;
import org.scibert.infra.Policies;
import org.scibert.infra.config.InfraConfig;
import software.amazon.awscdk.services.budgets.CfnBudget;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.sns.subscriptions.EmailSubscription;
import software.constructs.Construct;

/** The topic for alarms and failed jobs, and two budgets, which send mails of their own. */
final class Alerts {

    Alerts(Construct scope, InfraConfig config, Names names) {
        Topic topic = Topic.Builder.create(scope, "Alerts").topicName(names.of("alerts")).enforceSsl(true).build();
        topic.addSubscription(new EmailSubscription(config.alertsEmail()));
        // A topic with a policy of its own loses the one by which the account's own alarms may publish.
        topic.addToResourcePolicy(PolicyStatement.Builder.create()
                .sid("AlarmsAndEventsPublish")
                .principals(List.of(
                        new ServicePrincipal("cloudwatch.amazonaws.com"), new ServicePrincipal("events.amazonaws.com")))
                .actions(List.of("sns:Publish"))
                .resources(List.of(topic.getTopicArn()))
                .conditions(Policies.inThisAccount())
                .build());

        // The whole account's spending, and the project's by its tag. The second counts nothing before the tag is
        // activated in the billing console, so the first stays.
        budget(scope, "Budget", names.of("monthly"), config, Map.of());
        budget(scope, "ProjectBudget", names.of("project"), config,
                Map.of("TagKeyValue", List.of("user:project$" + config.project())));
    }

    private static void budget(
            Construct scope, String id, String name, InfraConfig config, Map<String, List<String>> filter) {
        CfnBudget.BudgetDataProperty.Builder budget = CfnBudget.BudgetDataProperty.builder()
                .budgetName(name)
                .budgetType("COST")
                .timeUnit("MONTHLY")
                .budgetLimit(CfnBudget.SpendProperty.builder().amount(config.budgetUsd()).unit("USD").build());
        if (!filter.isEmpty()) {
            budget.costFilters(filter);
        }
        CfnBudget.Builder.create(scope, id)
                .budget(budget.build())
                .notificationsWithSubscribers(List.of(
                        notice("ACTUAL", 80, config.alertsEmail()), notice("FORECASTED", 100, config.alertsEmail())))
                .build();
    }

    private static CfnBudget.NotificationWithSubscribersProperty notice(String type, int percent, String email) {
        return CfnBudget.NotificationWithSubscribersProperty.builder()
                .notification(CfnBudget.NotificationProperty.builder()
                        .notificationType(type)
                        .comparisonOperator("GREATER_THAN")
                        .threshold(percent)
                        .thresholdType("PERCENTAGE")
                        .build())
                .subscribers(List.of(CfnBudget.SubscriberProperty.builder()
                        .subscriptionType("EMAIL").address(email).build()))
                .build();
    }
}
