#pragma once

#include <QByteArray>

#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

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
            if (::strncmp(end, " rw", 3) == 0)
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
    [[nodiscard]] int piecesBetween(int memory, unsigned long long from, unsigned long long to) const
    {
        static char chunk[2 * Chunk];
        const auto length = static_cast<std::size_t>(m_masked.size());
        int found = 0;
        for (auto at = from; at < to; at += Chunk) {
            const auto wanted = std::min<std::size_t>(Chunk + length - 1, to - at);
            const ssize_t got = ::pread(memory, chunk, wanted, static_cast<off_t>(at));
            for (std::size_t i = 0; got > 0 && i + length <= static_cast<std::size_t>(got); ++i)
                found += isHere(chunk + i) && !inside(at + i, chunk) ? 1 : 0;
        }
        ::memset(chunk, 0, sizeof chunk);
        return found;
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
