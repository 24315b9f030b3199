#include "wal/crc32c.h"

#include <QtEndian>

#include <array>

#if defined(__x86_64__)
#include <nmmintrin.h>
#endif

namespace tidemark {

namespace {

constexpr std::uint32_t Polynomial = 0x82F63B78U; // reflected
constexpr std::size_t Slices = 8;
using Table = std::array<std::array<std::uint32_t, 256>, Slices>;

constexpr Table makeTable()
{
    Table table {};
    for (std::uint32_t byte = 0; byte < 256; ++byte) {
        std::uint32_t value = byte;
        for (int bit = 0; bit < 8; ++bit)
            value = value >> 1 ^ ((value & 1) != 0 ? Polynomial : 0);
        table[0][byte] = value;
    }
    for (std::size_t slice = 1; slice < Slices; ++slice)
        for (std::size_t byte = 0; byte < 256; ++byte) {
            const std::uint32_t before = table[slice - 1][byte];
            table[slice][byte] = before >> 8 ^ table[0][before & 0xFF];
        }
    return table;
}
constexpr Table Slice = makeTable();

std::uint32_t eightBytes(std::uint64_t word)
{
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < Slices; ++i)
        value ^= Slice[Slices - 1 - i][word >> (8 * i) & 0xFF];
    return value;
}

#if defined(__x86_64__)
// The instruction takes three cycles, but one can begin in each: three lanes beside each other go three times
// as fast. What a lane says is then carried over the zeros that stand for the next one.
constexpr std::size_t Lane = 256;
using Carry = std::array<std::array<std::uint32_t, 256>, 4>;

constexpr Carry makeCarry()
{
    Carry carry {};
    for (std::size_t bit = 0; bit < 32; ++bit) {
        std::uint32_t state = 1U << bit;
        for (std::size_t zero = 0; zero < Lane; ++zero)
            state = state >> 8 ^ Slice[0][state & 0xFF];
        auto &table = carry[bit / 8];
        for (std::size_t byte = 0; byte < 256; ++byte)
            if ((byte >> (bit % 8) & 1) != 0)
                table[byte] ^= state;
    }
    return carry;
}
constexpr Carry OverLane = makeCarry();

std::uint32_t carried(std::uint64_t state)
{
    return OverLane[0][state & 0xFF] ^ OverLane[1][state >> 8 & 0xFF] ^ OverLane[2][state >> 16 & 0xFF]
        ^ OverLane[3][state >> 24 & 0xFF];
}

__attribute__((target("sse4.2"))) std::uint32_t threeLanes(std::uint64_t first, const char *bytes)
{
    std::uint64_t second = 0;
    std::uint64_t third = 0;
    for (const char *end = bytes + Lane; bytes < end; bytes += 8) {
        first = _mm_crc32_u64(first, qFromUnaligned<std::uint64_t>(bytes));
        second = _mm_crc32_u64(second, qFromUnaligned<std::uint64_t>(bytes + Lane));
        third = _mm_crc32_u64(third, qFromUnaligned<std::uint64_t>(bytes + 2 * Lane));
    }
    return carried(carried(first) ^ second) ^ static_cast<std::uint32_t>(third);
}

__attribute__((target("sse4.2"))) std::uint32_t bySse42(
    std::uint32_t state, const char *bytes, std::size_t count)
{
    for (; count >= 3 * Lane; bytes += 3 * Lane, count -= 3 * Lane)
        state = threeLanes(state, bytes);
    std::uint64_t wide = state;
    for (; count >= 8; bytes += 8, count -= 8)
        wide = _mm_crc32_u64(wide, qFromUnaligned<std::uint64_t>(bytes));
    state = static_cast<std::uint32_t>(wide);
    if ((count & 4) != 0) {
        state = _mm_crc32_u32(state, qFromUnaligned<std::uint32_t>(bytes));
        bytes += 4;
    }
    if ((count & 2) != 0) {
        state = _mm_crc32_u16(state, qFromUnaligned<std::uint16_t>(bytes));
        bytes += 2;
    }
    return (count & 1) != 0 ? _mm_crc32_u8(state, static_cast<unsigned char>(*bytes)) : state;
}
#endif

} // namespace

std::uint32_t crc32cByTable(std::uint32_t state, const char *bytes, std::size_t count)
{
    for (; count >= Slices; bytes += Slices, count -= Slices)
        state = eightBytes(qFromLittleEndian<std::uint64_t>(bytes) ^ state);
    for (; count > 0; ++bytes, --count)
        state = state >> 8 ^ Slice[0][(state ^ static_cast<unsigned char>(*bytes)) & 0xFF];
    return state;
}

Crc32cStep crc32cByInstruction()
{
#if defined(__x86_64__)
    if (__builtin_cpu_supports("sse4.2"))
        return bySse42;
#endif
    return nullptr;
}

const Crc32cStep Crc32c::s_step = crc32cByInstruction() != nullptr ? crc32cByInstruction() : crc32cByTable;

} // namespace tidemark
