package org.scibert.weights;

/** Converts IEEE 754 binary16, as Float.float16ToFloat and Float.floatToFloat16 of Java 20 do. */
public final class Half {
    private static final float LARGEST = 65504;

    private Half() {}

    /** The float of the same value. */
    public static float toFloat(short half) {
        int sign = (half & 0x8000) << 16;
        int exponent = (half >> 10) & 0x1f;
        int fraction = half & 0x3ff;
        if (exponent == 0) {
            // Subnormal: fraction × 2⁻²⁴, exact in 32 bits.
            return (half < 0 ? -0x1p-24f : 0x1p-24f) * fraction;
        }
        int wide = exponent == 0x1f ? 0xff : exponent + 127 - 15;
        return Float.intBitsToFloat(sign | wide << 23 | fraction << 13);
    }

    /**
     * The nearest half, ties to even.
     *
     * @param value within ±65504, the largest half
     */
    public static short of(float value) {
        int sign = Float.floatToRawIntBits(value) >>> 16 & 0x8000;
        float size = Math.abs(value);
        if (!(size <= LARGEST)) {
            throw new IllegalArgumentException(value + " is not within the halves, which end at " + LARGEST);
        }
        if (size < 0x1p-14f) {
            return (short) (sign | (int) Math.rint(size * 0x1p24)); // subnormal, or rounded up to the first normal one
        }
        int bits = Float.floatToRawIntBits(size);
        int rounded = bits + 0xfff + (bits >> 13 & 1); // may carry into the exponent, as it should
        return (short) (sign | (rounded >> 13) - (127 - 15 << 10));
    }
}
