#pragma once

#include <QByteArray>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>
#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>
#endif

namespace tidemark::test {

// A text that is in no constant of the program, and its mask by which it can be looked for without having it
// in memory a second time. It is long, many pieces in a row, so that freed memory that is already in use
// again in places still shows it.
class Needle
{
public:
    static constexpr int Pieces = 50;

    explicit Needle(const QByteArray &seed)
    {
        for (qsizetype i = 0; i < 40; ++i)
            m_masked += static_cast<char>(('a' + (seed.at(i % seed.size()) * 7 + i * 11) % 26) ^ Mask);
    }
    [[nodiscard]] QByteArray plain() const
    {
        QByteArray plain = m_masked.repeated(Pieces);
        for (char &c : plain)
            c = static_cast<char>(c ^ Mask);
        return plain;
    }
    // How many of its pieces are in this process's writable memory; -1 when that cannot be read. Allocates
    // nothing: the first thing to take up freed memory would be this search itself.
    [[nodiscard]] int pieces() const
    {
        static char maps[1 << 18];
        const int list = ::open("/proc/self/maps", O_RDONLY | O_CLOEXEC);
        const int memory = ::open("/proc/self/mem", O_RDONLY | O_CLOEXEC);
        if (list < 0 || memory < 0)
            return -1;
        std::size_t size = 0;
        for (ssize_t got = 1; got > 0; size += static_cast<std::size_t>(got))
            got = ::read(list, maps + size, sizeof maps - 1 - size);
        maps[size] = '\0';
        ::close(list);
        int found = 0;
        for (char *line = maps; line != nullptr && *line != '\0'; line = nextLine(line)) {
            char *end = nullptr;
            const auto from = ::strtoull(line, &end, 16);
            const auto to = ::strtoull(end + 1, &end, 16);
            if (::strncmp(end, " rw", 3) == 0 && !isShadow(from))
                found += piecesBetween(memory, from, to);
        }
        ::close(memory);
        return found;
    }

private:
    static constexpr char Mask = 0x15;
    static constexpr std::size_t Chunk = 1 << 16;

    static char *nextLine(char *line)
    {
        char *end = ::strchr(line, '\n');
        return end == nullptr ? nullptr : end + 1;
    }
    // The address sanitizer's notes on what may be read: terabytes of addresses, and never bytes of the
    // program.
    static bool isShadow([[maybe_unused]] unsigned long long address)
    {
#ifdef __SANITIZE_ADDRESS__
        constexpr int addressBits = 47;
        std::size_t scale = 0;
        std::size_t begin = 0;
        ::__asan_get_shadow_mapping(&scale, &begin);
        return address >= begin && address < begin + (1ULL << (addressBits - scale));
#else
        return false;
#endif
    }
    [[nodiscard]] int piecesBetween(int memory, unsigned long long from, unsigned long long to) const
    {
        static char chunk[2 * Chunk];
        const auto length = m_masked.size();
        int found = 0;
        for (auto at = from; at < to; at += Chunk) {
            const auto wanted = std::min<std::size_t>(Chunk + static_cast<std::size_t>(length) - 1, to - at);
            const ssize_t got = ::pread(memory, chunk, wanted, static_cast<off_t>(at));
            const char *const last = chunk + std::max<ssize_t>(got - length + 1, 0);
            for (const char *here = find(chunk, last); here != last; here = find(here + 1, last))
                found += isHere(here) && !inside(at + static_cast<std::size_t>(here - chunk), chunk) ? 1 : 0;
        }
        ::memset(chunk, 0, sizeof chunk);
        return found;
    }
    // Where the first letter is next; last when nowhere.
    [[nodiscard]] const char *find(const char *from, const char *last) const
    {
        const auto *at = ::memchr(from, m_masked.at(0) ^ Mask, static_cast<std::size_t>(last - from));
        return at == nullptr ? last : static_cast<const char *>(at);
    }
    [[nodiscard]] bool isHere(const char *at) const
    {
        for (qsizetype i = 0; i < m_masked.size(); ++i) {
            if ((at[i] ^ Mask) != m_masked.at(i))
                return false;
        }
        return true;
    }
    static bool inside(unsigned long long address, const char *chunk)
    {
        const auto begin = reinterpret_cast<unsigned long long>(chunk);
        return address >= begin && address < begin + 2 * Chunk;
    }

    QByteArray m_masked;
};

} // namespace tidemark::test
