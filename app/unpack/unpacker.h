#pragma once

#include <QByteArray>
#include <QString>

#include <functional>
#include <memory>

namespace tidemark {

// How a file of a backup is packed.
enum class Packing { None, Gzip, Zstd, Lz4, Bzip2 };

// By its first bytes; six are enough.
[[nodiscard]] Packing packingOf(QByteArrayView head);
// By the end of its name: ".gz", ".zst", ".lz4", ".bz2".
[[nodiscard]] Packing packingOfName(QByteArrayView name);
[[nodiscard]] QString packingName(Packing packing); // "gzip" …, empty: none

// Unpacks a file as its bytes come, in portions of any size, in memory that does not grow with it. Several
// streams behind each other are one file, as their tools take them.
class Unpacker
{
public:
    // Takes what was unpacked; false: it has seen enough.
    using Sink = std::function<bool(QByteArrayView)>;

    [[nodiscard]] static std::unique_ptr<Unpacker> make(Packing packing);
    Unpacker() = default;
    Unpacker(const Unpacker &) = delete;
    Unpacker &operator=(const Unpacker &) = delete;
    virtual ~Unpacker() = default;

    // False: more is of no use, because the sink has enough or the bytes are damaged.
    bool take(QByteArrayView packed, const Sink &sink);
    // After the last byte: what is wrong with the file, empty: it is whole.
    [[nodiscard]] QString finish() const;
    [[nodiscard]] const QString &damage() const { return m_damage; }

protected:
    enum class Step { More, StreamEnd, Damaged };
    struct Progress {
        Step step = Step::More;
        qsizetype taken = 0;
        qsizetype made = 0;
    };
    // Unpacks some of `packed` into `room`.
    [[nodiscard]] virtual Progress unpack(QByteArrayView packed, char *room, qsizetype size) = 0;
    [[nodiscard]] virtual bool restart() = 0; // before another stream
    [[nodiscard]] virtual bool hasEnd() const { return true; } // and tells when it is reached

    QString m_damage;

private:
    QByteArray m_room;
    bool m_within = false; // a stream has begun and not ended
    bool m_any = false;
};

} // namespace tidemark
