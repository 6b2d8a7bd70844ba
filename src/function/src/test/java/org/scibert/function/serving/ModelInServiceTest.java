package org.scibert.function.serving;

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
        assertThatThrownBy(service::lease).isInstanceOfSatisfying(UnavailableException.class,
                e -> assertThat(e.reason()).isEqualTo(UnavailableException.Reason.NOT_READY));
    }

    @Test
    void anIdleModelIsClosedWhenAnotherTakesOver() {
        service.replace(first);
        service.replace(second);

        assertThat(first.isClosed()).isTrue();
        assertThat(second.isClosed()).isFalse();
        assertThat(inService()).isSameAs(second);
    }

    @Test
    void aModelAtWorkIsClosedWhenTheWorkIsDone() {
        service.replace(first);

        try (ModelInService.Lease lease = service.lease()) {
            service.replace(second);
            assertThat(lease.model()).isSameAs(first);
            assertThat(inService()).isSameAs(second);
            assertThat(first.isClosed()).isFalse();
        }

        assertThat(first.isClosed()).isTrue();
        assertThat(second.isClosed()).isFalse();
    }

    @Test
    void aLeaseThatIsClosedTwiceCountsOnce() {
        service.replace(first);
        ModelInService.Lease lease = service.lease();

        lease.close();
        lease.close();

        assertThat(first.isClosed()).isFalse();
    }

    @Test
    void closingTakesTheModelOutOfService() {
        service.replace(first);
        service.close();

        assertThat(first.isClosed()).isTrue();
        assertThat(service.isReady()).isFalse();
    }

    private Model inService() {
        try (ModelInService.Lease lease = service.lease()) {
            return lease.model();
        }
    }

    private static FakeModel model() {
        return new FakeModel(Task.BINARY, List.of("no", "yes"));
    }
}
