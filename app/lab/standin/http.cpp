#include "standin/http.h"

#include <zlib.h>

namespace tidemark::standin {

bool HttpParser::fail()
{
    m_broken = true;
    return false;
}

std::optional<HttpRequest> HttpParser::next()
{
    if (m_broken || (m_stage == Stage::Head && !readHead()))
        return {};
    if (m_stage == Stage::Body ? !readBody() : !readChunks())
        return {};
    m_stage = Stage::Head;
    m_drained = 0;
    return std::exchange(m_request, {});
}

bool HttpParser::readHead()
{
    while (m_buffer.startsWith("\r\n"))
        m_buffer.remove(0, 2);
    const auto end = m_buffer.indexOf("\r\n\r\n");
    if (end < 0)
        return m_buffer.size() > HeadLimit ? fail() : false;
    const QByteArray head = m_buffer.left(end);
    m_buffer.remove(0, end + 4);
    return parseHead(head) || fail();
}

bool HttpParser::parseHead(const QByteArray &head)
{
    const QList<QByteArray> lines = head.split('\n');
    const QList<QByteArray> words = lines.first().trimmed().split(' ');
    if (words.size() != 3 || !words[2].startsWith("HTTP/1.") || words[1].isEmpty())
        return false;
    m_request.method = words[0];
    m_request.target = words[1];
    for (qsizetype i = 1; i < lines.size(); ++i) {
        const auto colon = lines[i].indexOf(':');
        if (colon <= 0)
            return false;
        m_request.headers.insert(lines[i].left(colon).toLower(), lines[i].mid(colon + 1).trimmed());
    }
    const QByteArray connection = m_request.headers.value("connection").toLower();
    m_request.keepAlive = words[2] == "HTTP/1.0" ? connection == "keep-alive" : connection != "close";
    if (m_request.headers.value("transfer-encoding").toLower() == "chunked") {
        m_stage = Stage::Chunks;
        return true;
    }
    bool ok = true;
    const QByteArray length = m_request.headers.value("content-length");
    m_missing = length.isEmpty() ? 0 : length.toLongLong(&ok);
    m_stage = Stage::Body;
    return ok && m_missing >= 0;
}

// Moves bytes into the body, or past it once it is too large.
void HttpParser::take(qsizetype count)
{
    m_drained += count;
    if (m_drained > BodyLimit) {
        m_request.bodyTooLarge = true;
        m_request.body.clear();
    } else {
        m_request.body += m_buffer.left(count);
    }
    m_buffer.remove(0, count);
}

bool HttpParser::readBody()
{
    if (m_missing > DrainLimit)
        return fail();
    const qsizetype now = std::min(m_missing, m_buffer.size());
    take(now);
    m_missing -= now;
    return m_missing == 0;
}

bool HttpParser::readChunks()
{
    while (true) {
        const auto line = m_buffer.indexOf("\r\n");
        if (line < 0)
            return m_buffer.size() > HeadLimit ? fail() : false;
        bool ok = false;
        const qsizetype size = m_buffer.left(line).split(';').first().trimmed().toLongLong(&ok, 16);
        if (!ok || size < 0 || m_drained + size > DrainLimit)
            return fail();
        if (m_buffer.size() < line + 2 + size + 2)
            return false;
        m_buffer.remove(0, line + 2);
        take(size);
        m_buffer.remove(0, 2);
        if (size == 0)
            return true;
    }
}

QByteArray reasonPhrase(int status)
{
    switch (status) {
    case 200:
        return "OK";
    case 301:
        return "Moved Permanently";
    case 308:
        return "Permanent Redirect";
    case 400:
        return "Bad Request";
    case 401:
        return "Unauthorized";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 414:
        return "URI Too Long";
    case 500:
        return "Internal Server Error";
    case 502:
        return "Bad Gateway";
    case 503:
        return "Service Unavailable";
    default:
        return "Unknown";
    }
}

QByteArray rawDeflate(const QByteArray &bytes)
{
    z_stream stream {};
    if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        return {};
    QByteArray in = bytes;
    QByteArray out(qsizetype(deflateBound(&stream, uLong(in.size()))), '\0');
    stream.next_in = reinterpret_cast<Bytef *>(in.data());
    stream.avail_in = uInt(in.size());
    stream.next_out = reinterpret_cast<Bytef *>(out.data());
    stream.avail_out = uInt(out.size());
    deflate(&stream, Z_FINISH);
    out.truncate(qsizetype(stream.total_out));
    deflateEnd(&stream);
    return out;
}

QByteArray chunked(const QByteArray &body)
{
    static constexpr qsizetype Step = 16 * 1024;
    QByteArray wire;
    for (qsizetype at = 0; at < body.size(); at += Step) {
        const QByteArray part = body.mid(at, Step);
        wire += QByteArray::number(part.size(), 16).toUpper() + "\r\n" + part + "\r\n";
    }
    return wire + "0\r\n\r\n";
}

WireImage wireImage(const HttpResponse &response, bool deflate, bool keepAlive, const QByteArray &date)
{
    const bool squeeze = deflate && !response.body.isEmpty() && !response.bodiless;
    const bool inChunks = squeeze || response.stream;
    QByteArray head
        = "HTTP/1.1 " + QByteArray::number(response.status) + ' ' + reasonPhrase(response.status) + "\r\n";
    if (!response.type.isEmpty())
        head += "content-type: " + response.type + "\r\n";
    for (const auto &[name, value] : response.headers)
        head += name + ": " + value + "\r\n";
    if (squeeze)
        head += "content-encoding: deflate\r\n";
    if (inChunks)
        head += "transfer-encoding: chunked\r\n";
    else
        head += "content-length: " + QByteArray::number(response.body.size()) + "\r\n";
    if (!keepAlive)
        head += "connection: close\r\n";
    head += "date: " + date + "\r\n\r\n";
    if (response.bodiless)
        return { head, {} };
    const QByteArray body = squeeze ? rawDeflate(response.body) : response.body;
    return { head, inChunks ? chunked(body) : body };
}

} // namespace tidemark::standin
