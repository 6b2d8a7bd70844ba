package org.scibert.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A template as CloudFormation would read it: joins are joined, and references are the names they stand for, in the
 * account 111122223333 and the region eu-west-1.
 */
final class Template {
    private final Path file;
    private final JsonNode raw;
    private final JsonNode resolved;

    Template(Path file, JsonNode raw) {
        this.file = file;
        this.raw = raw;
        this.resolved = resolve(raw);
    }

    Path file() {
        return file;
    }

    JsonNode raw() {
        return raw;
    }

    JsonNode resolved() {
        return resolved;
    }

    /** Each resource of a type, with {@code Type}, {@code Properties} and the rest. */
    List<JsonNode> all(String type) {
        List<JsonNode> found = new ArrayList<>();
        resolved.get("Resources").forEach(resource -> {
            if (resource.get("Type").asText().equals(type)) {
                found.add(resource);
            }
        });
        return found;
    }

    /** The properties of the one resource of a type. */
    JsonNode only(String type) {
        List<JsonNode> found = all(type);
        assertThat(found).as(type).hasSize(1);
        return found.get(0).get("Properties");
    }

    /** The properties of the resource of a type whose named property has this value. */
    JsonNode named(String type, String property, String value) {
        List<JsonNode> found = all(type).stream().map(r -> r.get("Properties"))
                .filter(p -> p.path(property).asText().equals(value)).toList();
        assertThat(found).as("%s with %s %s", type, property, value).hasSize(1);
        return found.get(0);
    }

    /** A policy's statement by its name. */
    JsonNode statement(String sid) {
        List<JsonNode> found = resolved.findParents("Sid").stream().filter(s -> s.get("Sid").asText().equals(sid))
                .toList();
        assertThat(found).as("statements named %s", sid).hasSize(1);
        return found.get(0);
    }

    private JsonNode resolve(JsonNode node) {
        if (node.isArray()) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            node.forEach(item -> array.add(resolve(item)));
            return array;
        }
        if (!node.isObject()) {
            return node;
        }
        if (node.size() == 1 && node.has("Ref")) {
            return TextNode.valueOf(reference(node.get("Ref").asText()));
        }
        if (node.size() == 1 && node.has("Fn::GetAtt")) {
            JsonNode attribute = node.get("Fn::GetAtt");
            return TextNode.valueOf(attribute(attribute.get(0).asText(), attribute.get(1).asText()));
        }
        if (node.size() == 1 && node.has("Fn::Join")) {
            StringBuilder joined = new StringBuilder();
            node.get("Fn::Join").get(1).forEach(part -> joined.append(resolve(part).asText()));
            return TextNode.valueOf(joined.toString());
        }
        if (node.size() == 1 && node.has("Fn::Base64")) {
            return resolve(node.get("Fn::Base64"));
        }
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        node.fields().forEachRemaining(field -> object.set(field.getKey(), resolve(field.getValue())));
        return object;
    }

    private String reference(String name) {
        return switch (name) {
            case "AWS::AccountId" -> "111122223333";
            case "AWS::Region" -> "eu-west-1";
            case "AWS::Partition" -> "aws";
            case "AWS::URLSuffix" -> "amazonaws.com";
            default -> physicalName(name);
        };
    }

    private String physicalName(String logicalId) {
        JsonNode resource = raw.get("Resources").get(logicalId);
        JsonNode properties = resource.path("Properties");
        String name = switch (resource.get("Type").asText()) {
            case "AWS::S3::Bucket" -> resolve(properties.path("BucketName")).asText();
            case "AWS::SNS::Topic" -> "arn:aws:sns:eu-west-1:111122223333:" + properties.path("TopicName").asText();
            case "AWS::IAM::Role" -> properties.path("RoleName").asText();
            case "AWS::Lambda::Function" -> properties.path("FunctionName").asText();
            case "AWS::CloudWatch::Alarm" -> properties.path("AlarmName").asText();
            default -> "";
        };
        return name.isEmpty() ? logicalId : name;
    }

    private String attribute(String logicalId, String attribute) {
        if (!attribute.equals("Arn")) {
            return logicalId + "." + attribute;
        }
        JsonNode properties = raw.get("Resources").get(logicalId).path("Properties");
        String name = physicalName(logicalId);
        return switch (raw.get("Resources").get(logicalId).get("Type").asText()) {
            case "AWS::S3::Bucket" -> "arn:aws:s3:::" + name;
            case "AWS::IAM::Role" -> "arn:aws:iam::111122223333:role/" + name;
            case "AWS::Lambda::Function" -> "arn:aws:lambda:eu-west-1:111122223333:function:" + name;
            case "AWS::Logs::LogGroup" -> "arn:aws:logs:eu-west-1:111122223333:log-group:"
                    + properties.path("LogGroupName").asText() + ":*";
            case "AWS::SQS::Queue" -> "arn:aws:sqs:eu-west-1:111122223333:" + properties.path("QueueName").asText();
            default -> logicalId + ".Arn";
        };
    }
}
