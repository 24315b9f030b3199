#include "support/pbs/recordings.h"

#include "support/pbs/scriptedserver.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <zlib.h>

namespace tidemark::test {

using namespace Qt::StringLiterals;

namespace {

QByteArray textOf(const QJsonValue &value)
{
    return value.toString().toUtf8();
}

Recording recordingOf(const QJsonObject &object)
{
    const QJsonObject request = object.value(u"request"_s).toObject();
    const QJsonObject response = object.value(u"response"_s).toObject();
    Recording out;
    out.name = object.value(u"name"_s).toString();
    out.note = object.value(u"note"_s).toString();
    out.method = textOf(request.value(u"method"_s));
    const QByteArray target = textOf(request.value(u"path"_s));
    const qsizetype mark = target.indexOf('?');
    out.path = target.left(mark < 0 ? target.size() : mark);
    out.query = mark < 0 ? textOf(request.value(u"query"_s)) : target.mid(mark + 1);
    out.requestBody = textOf(request.value(u"body"_s));
    const QJsonObject headers = request.value(u"headers"_s).toObject();
    for (auto it = headers.begin(); it != headers.end(); ++it)
        out.requestHeaders.insert(it.key(), it.value().toString());
    out.status = response.value(u"status"_s).toInt();
    out.reason = textOf(response.value(u"reason"_s));
    for (const auto pair : response.value(u"headers"_s).toArray())
        out.headers.emplaceBack(textOf(pair.toArray().at(0)), textOf(pair.toArray().at(1)));
    out.body = response.contains(u"body_base64"_s)
        ? QByteArray::fromBase64(textOf(response.value(u"body_base64"_s)))
        : textOf(response.value(u"body"_s));
    return out;
}

std::vector<Recording> load()
{
    const auto json = readGzip(QStringLiteral(TIDEMARK_TEST_DATA "/pbs/recordings.json.gz"));
    std::vector<Recording> out;
    for (const auto value : QJsonDocument::fromJson(json).array())
        out.push_back(recordingOf(value.toObject()));
    return out;
}

} // namespace

QByteArray readGzip(const QString &path)
{
    QByteArray out;
    gzFile file = gzopen(QFile::encodeName(path).constData(), "rb");
    if (!file)
        return out;
    QByteArray piece(256 * 1024, Qt::Uninitialized);
    int count = 0;
    while ((count = gzread(file, piece.data(), static_cast<unsigned>(piece.size()))) > 0)
        out.append(piece.constData(), count);
    gzclose(file);
    return out;
}

QByteArray Recording::header(const QByteArray &wanted) const
{
    for (const auto &[key, value] : headers)
        if (key.compare(wanted, Qt::CaseInsensitive) == 0)
            return value;
    return {};
}

QByteArray Recording::answerBytes() const
{
    const bool inChunks = header("transfer-encoding") == "chunked";
    QByteArray head = "HTTP/1.1 " + QByteArray::number(status) + ' ' + reason + "\r\n";
    // Paths of the recording machine were replaced in some bodies; their length is told anew.
    for (const auto &[key, value] : headers)
        head += key + ": " + (key == "content-length" ? QByteArray::number(body.size()) : value) + "\r\n";
    if (!inChunks)
        return head + "\r\n" + body;
    const QByteArray framed = chunked(body).bytes;
    return head + "\r\n" + framed.mid(framed.indexOf("\r\n\r\n") + 4);
}

const std::vector<Recording> &recordings()
{
    static const std::vector<Recording> all = load();
    return all;
}

const Recording &recording(const QString &name)
{
    static const Recording none;
    const auto found = std::find_if(
        recordings().begin(), recordings().end(), [&](const Recording &r) { return r.name == name; });
    return found == recordings().end() ? none : *found;
}

} // namespace tidemark::test
