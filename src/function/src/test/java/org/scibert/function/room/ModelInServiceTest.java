package org.scibert.function.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.scibert.decision.Task;

class ModelInServiceTest {
    private final ModelInService service = new ModelInService();
    private final FakeModel first = model();
    private final FakeModel second = model();

    @Test
    void withoutAModelARequestIsRefused() {
        assertThat(service.isReady()).isFalse();
        assertThatThrownBy(() -> service.use(Model::about)).isInstanceOfSatisfying(
                Refusal.class, r -> assertThat(r.problem()).isEqualTo(Problem.NOT_READY));
    }

    @Test
    void anIdleModelIsClosedWhenAnotherTakesOver() {
        service.replace(first);
        service.replace(second);

        assertThat(first.isClosed()).isTrue();
        assertThat(second.isClosed()).isFalse();
        assertThat((Object) service.use(m -> m)).isSameAs(second);
    }

    @Test
    void aModelAtWorkIsClosedWhenTheWorkIsDone() {
        service.replace(first);

        service.use(outer -> {
            service.replace(second);
            assertThat((Object) service.use(m -> m)).isSameAs(second);
            assertThat(first.isClosed()).isFalse();
            return null;
        });

        assertThat(first.isClosed()).isTrue();
        assertThat(second.isClosed()).isFalse();
    }

    @Test
    void workThatFailsReleasesTheModelToo() {
        service.replace(first);

        assertThatThrownBy(() -> service.use(m -> {
            service.replace(second);
            throw new IllegalStateException("failed");
        })).hasMessage("failed");

        assertThat(first.isClosed()).isTrue();
    }

    @Test
    void closingTakesTheModelOutOfService() {
        service.replace(first);
        service.close();

        assertThat(first.isClosed()).isTrue();
        assertThat(service.isReady()).isFalse();
    }

    private static FakeModel model() {
        return new FakeModel(Task.BINARY, List.of("no", "yes"));
    }
}
