#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace tidemark {

// Numbers and texts as few bytes. A number is told by how it differs from an expected one, a text by what
// follows the part it shares with another one.
class Packer
{
public:
    void number(quint64 value); // seven bits to a byte, the lowest first
    void change(quint64 value, quint64 expected); // near in either direction is short; wraps around
    void text(const QString &value, const QString &like); // must be valid UTF-16
    void bytes(const QByteArray &value);

    [[nodiscard]] const QByteArray &packed() const { return m_packed; }

private:
    QByteArray m_packed;
};

// The other way. What does not fit the bytes makes it bad, and everything after that is nothing.
class Unpacker
{
public:
    explicit Unpacker(std::optional<QByteArrayView> packed) // nothing is bad from the start
        : m_at(packed ? packed->data() : nullptr)
        , m_end(packed ? packed->data() + packed->size() : nullptr)
        , m_bad(!packed)
    {
    }
    [[nodiscard]] quint64 number();
    [[nodiscard]] quint64 change(quint64 expected);
    void text(QString &value); // from the one it is like to itself
    void skipText();
    [[nodiscard]] QByteArray bytes();

    [[nodiscard]] bool isBad() const { return m_bad; }
    [[nodiscard]] bool atEnd() const { return m_at == m_end; }

private:
    [[nodiscard]] QByteArrayView take(quint64 count);

    const char *m_at;
    const char *m_end;
    bool m_bad;
};

// Bytes with a format's number before and a checksum behind them; opening refuses (nothing) another format
// and bytes that are not as they were sealed.
[[nodiscard]] QByteArray sealed(char format, const QByteArray &packed);
[[nodiscard]] std::optional<QByteArrayView> unsealed(char format, const QByteArray &bytes);

} // namespace tidemark
