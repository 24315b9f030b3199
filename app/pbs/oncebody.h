#pragma once

#include <QIODevice>

#include <cstring>

namespace tidemark::pbs {

// The body of a request, empty or not, that cannot be rewound. The network access manager repeats a request
// by itself when a connection drops, whatever its method; it must rewind the body for that, and gives up when
// it cannot. So no request is sent twice without our knowing.
class OnceBody : public QIODevice
{
public:
    explicit OnceBody(QByteArray bytes)
        : m_bytes(std::move(bytes))
    {
        open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    }
    [[nodiscard]] qint64 size() const override { return m_bytes.size(); }
    bool reset() override { return false; }

protected:
    qint64 readData(char *out, qint64 limit) override
    {
        const qint64 count = std::min<qint64>(limit, m_bytes.size() - m_at);
        if (count <= 0)
            return -1;
        std::memcpy(out, m_bytes.constData() + m_at, static_cast<size_t>(count));
        m_at += count;
        return count;
    }
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    QByteArray m_bytes;
    qint64 m_at = 0;
};

} // namespace tidemark::pbs
