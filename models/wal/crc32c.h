#pragma once

#include <cstddef>
#include <cstdint>

namespace tidemark {

// One way to go on with a CRC-32C (Castagnoli) over more bytes; the state begins with all bits set.
using Crc32cStep = std::uint32_t (*)(std::uint32_t state, const char *bytes, std::size_t count);

[[nodiscard]] std::uint32_t crc32cByTable(std::uint32_t state, const char *bytes, std::size_t count);
// By the processor's own instruction; nullptr when it has none.
[[nodiscard]] Crc32cStep crc32cByInstruction();

// The checksum of WAL records and of backup manifests. Which way it is computed is chosen when the program
// runs.
class Crc32c
{
public:
    void add(const char *bytes, std::size_t count) { m_state = s_step(m_state, bytes, count); }
    [[nodiscard]] std::uint32_t value() const { return ~m_state; }

private:
    static const Crc32cStep s_step;

    std::uint32_t m_state = 0xFFFFFFFFU;
};

} // namespace tidemark
