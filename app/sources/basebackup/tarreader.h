#pragma once

#include <QByteArray>
#include <QString>

namespace tidemark {

// Who is told of what a tar archive holds, in its order.
class TarListener
{
public:
    virtual ~TarListener() = default;
    virtual void begin(const QByteArray &path, qint64 size) = 0; // regular files only
    virtual void take(QByteArrayView bytes) = 0;
    virtual void end() = 0;
};

// Reads a tar archive as its bytes come, in portions of any size.
class TarReader
{
public:
    explicit TarReader(TarListener &listener)
        : m_listener(listener)
    {
    }
    // False: it is no tar archive from here on.
    bool take(QByteArrayView bytes);
    [[nodiscard]] bool ended() const { return m_ended; } // its end was reached
    [[nodiscard]] bool damaged() const { return m_damaged; }

private:
    void header();
    qsizetype takeHeader(QByteArrayView bytes);
    qsizetype takeData(QByteArrayView bytes);

    TarListener &m_listener;
    QByteArray m_header;
    qint64 m_left = 0; // of the file
    qint64 m_padding = 0; // behind it
    bool m_file = false;
    bool m_ended = false;
    bool m_damaged = false;
};

// Bytes a file of that size takes in an archive.
[[nodiscard]] constexpr qint64 tarSize(qint64 size)
{
    return 512 + (size + 511) / 512 * 512;
}

} // namespace tidemark
