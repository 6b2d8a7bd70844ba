package org.scibert.training.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class EventRecordTest {
    /** RFC 3720, appendix B.4: the CRC-32C of 32 bytes of 0 is 8a9136aa; of "123456789" it is e3069283. */
    @Test
    void checksumsArePublishedOnesMasked() {
        assertThat(EventRecord.maskedChecksum(new byte[32])).isEqualTo(masked(0x8a9136aa));
        assertThat(EventRecord.maskedChecksum("123456789".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo(masked(0xe3069283));
    }

    /** By hand: 9 bytes, whose length's checksum and own checksum follow them, each least byte first. */
    @Test
    void aRecordByHand() {
        byte[] record = EventRecord.framed("123456789".getBytes(StandardCharsets.US_ASCII));
        assertThat(HexFormat.of().formatHex(record, 0, 8)).isEqualTo("0900000000000000");
        assertThat(HexFormat.of().formatHex(record, 12, 21)).isEqualTo("313233343536373839");
        // e3069283 turned right by 15 is 2507c60d; and a282ead8 more is c78ab0e5
        assertThat(HexFormat.of().formatHex(record, 21, 25)).isEqualTo("e5b08ac7");
    }

    @Property(tries = 50)
    void anyBytesComeBack(@ForAll byte[] data) {
        assertThat(EventFiles.records(EventRecord.framed(data))).containsExactly(data);
    }

    private static int masked(int crc) {
        return ((crc >>> 15) | (crc << 17)) + 0xa282ead8;
    }
}
