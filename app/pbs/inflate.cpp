#include "pbs/inflate.h"

#include <optional>
#include <zlib.h>

namespace tidemark::pbs {

using namespace Qt::StringLiterals;

namespace {

constexpr int RawDeflate = -MAX_WBITS;
constexpr int ZlibOrGzip = MAX_WBITS + 32;

class Stream
{
public:
    explicit Stream(int windowBits)
        : m_good(inflateInit2(&m_stream, windowBits) == Z_OK)
    {
    }
    Stream(const Stream &) = delete;
    Stream &operator=(const Stream &) = delete;
    ~Stream() { inflateEnd(&m_stream); }

    // Nothing unless the whole body is one stream that ends where the body ends.
    [[nodiscard]] std::optional<QByteArray> unpack(QByteArray body, qsizetype limit)
    {
        QByteArray out;
        QByteArray piece(64 * 1024, Qt::Uninitialized);
        m_stream.next_in = reinterpret_cast<Bytef *>(body.data());
        m_stream.avail_in = static_cast<uInt>(body.size());
        int state = m_good ? Z_OK : Z_MEM_ERROR;
        while (state == Z_OK && out.size() <= limit) {
            m_stream.next_out = reinterpret_cast<Bytef *>(piece.data());
            m_stream.avail_out = static_cast<uInt>(piece.size());
            state = ::inflate(&m_stream, Z_NO_FLUSH);
            out.append(piece.constData(), piece.size() - static_cast<qsizetype>(m_stream.avail_out));
        }
        if (state != Z_STREAM_END || m_stream.avail_in != 0 || out.size() > limit)
            return std::nullopt;
        return out;
    }

private:
    z_stream m_stream {};
    bool m_good = false;
};

} // namespace

Result<QByteArray> inflate(const QByteArray &body, const QByteArray &encoding, qsizetype limit)
{
    const QByteArray name = encoding.trimmed().toLower();
    if (name.isEmpty() || name == "identity")
        return body;
    std::optional<QByteArray> plain;
    if (name == "deflate")
        plain = Stream(RawDeflate).unpack(body, limit);
    if (!plain && (name == "deflate" || name == "gzip" || name == "x-gzip"))
        plain = Stream(ZlibOrGzip).unpack(body, limit);
    if (plain)
        return *plain;
    return failure(ErrorKind::Protocol, u"pbs.garbled"_s,
        u"a body of %1 bytes in the encoding \"%2\" cannot be unpacked"_s.arg(body.size())
            .arg(QString::fromLatin1(name)));
}

} // namespace tidemark::pbs
