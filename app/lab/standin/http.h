#pragma once

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QPair>

#include <optional>

namespace tidemark::standin {

struct HttpRequest {
    QByteArray method;
    QByteArray target; // path and query as sent
    QHash<QByteArray, QByteArray> headers; // names in lower case
    QByteArray body;
    bool bodyTooLarge = false;
    bool keepAlive = true;

    [[nodiscard]] QByteArray path() const { return target.split('?').first(); }
    [[nodiscard]] QByteArray query() const
    {
        const auto mark = target.indexOf('?');
        return mark < 0 ? QByteArray() : target.mid(mark + 1);
    }
};

// Takes bytes as they arrive and gives whole requests. What does not look like HTTP/1.x, or is beyond the
// limits, is a broken connection.
class HttpParser
{
public:
    static constexpr qsizetype HeadLimit = 64 * 1024;
    static constexpr qsizetype BodyLimit = 64 * 1024;
    static constexpr qsizetype DrainLimit = 8 * 1024 * 1024; // read and forgotten above the body's limit

    void feed(const QByteArray &bytes) { m_buffer += bytes; }
    [[nodiscard]] std::optional<HttpRequest> next();
    [[nodiscard]] bool broken() const { return m_broken; }

private:
    enum class Stage { Head, Body, Chunks };
    [[nodiscard]] bool readHead();
    [[nodiscard]] bool readBody();
    [[nodiscard]] bool readChunks();
    [[nodiscard]] bool parseHead(const QByteArray &head);
    void take(qsizetype count);
    bool fail();

    QByteArray m_buffer;
    HttpRequest m_request;
    Stage m_stage = Stage::Head;
    qsizetype m_missing = 0;
    qsizetype m_drained = 0;
    bool m_broken = false;
};

struct HttpResponse {
    int status = 200;
    QByteArray type; // empty: no content-type
    QByteArray body;
    QList<QPair<QByteArray, QByteArray>> headers; // further ones
    bool stream = false; // chunked, without a length
    bool bodiless = false; // HEAD
};

[[nodiscard]] QByteArray reasonPhrase(int status);
// RAW deflate, without zlib's header, as PBS sends it.
[[nodiscard]] QByteArray rawDeflate(const QByteArray &bytes);
[[nodiscard]] QByteArray chunked(const QByteArray &body);
// The head and the body as they go over the wire.
struct WireImage {
    QByteArray head;
    QByteArray body;
};
[[nodiscard]] WireImage wireImage(
    const HttpResponse &response, bool deflate, bool keepAlive, const QByteArray &date);

} // namespace tidemark::standin
