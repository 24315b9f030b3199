#pragma once

#include <QtGlobal>

#include <cstdint>

namespace tidemark {

inline constexpr qsizetype WalPageSize = 8192;

// What begins each page of a segment. The first page of a segment has the long form.
struct WalPageHeader {
    enum Flag : std::uint16_t {
        Continues = 1, // the page's first bytes end a record begun earlier
        Long = 2,
        Removable = 4, // nothing depends on it
        Overwritten = 8, // a record begun earlier was lost and will never be ended
        Known = 15
    };
    static constexpr qsizetype ShortSize = 24;
    static constexpr qsizetype LongSize = 40;

    std::uint16_t magic = 0;
    std::uint16_t flags = 0;
    std::uint32_t timeline = 0;
    std::uint64_t address = 0;
    std::uint32_t remaining = 0; // bytes of the continued record on this page and later ones
    std::uint32_t padding = 0;
    std::uint64_t systemId = 0; // this and what follows: only of the long form
    std::uint32_t segmentSize = 0;
    std::uint32_t blockSize = 0;

    [[nodiscard]] static WalPageHeader parse(const char *page);
    [[nodiscard]] bool is(Flag flag) const { return (flags & flag) != 0; }
    [[nodiscard]] qsizetype size() const { return is(Long) ? LongSize : ShortSize; }
};

// The server's major version that writes this magic, 13 to 18; 0: none of these.
[[nodiscard]] int walVersion(std::uint16_t magic);

} // namespace tidemark
