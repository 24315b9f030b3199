#pragma once

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QList>
#include <QString>

#include <zlib.h>

namespace tidemark::test {

// The whole content of a gzip file; empty when it cannot be read.
[[nodiscard]] inline QByteArray gunzipped(const QString &path)
{
    QByteArray result;
    gzFile file = gzopen(QFile::encodeName(path).constData(), "rb");
    if (!file)
        return result;
    QByteArray chunk(1 << 16, '\0');
    int count = 0;
    while ((count = gzread(file, chunk.data(), unsigned(chunk.size()))) > 0)
        result.append(chunk.constData(), count);
    gzclose(file);
    return result;
}

// One JSON object per line, gzip'ed.
[[nodiscard]] inline QList<QJsonObject> jsonLines(const QString &path)
{
    QList<QJsonObject> result;
    for (const QByteArray &line : gunzipped(path).split('\n'))
        if (!line.isEmpty())
            result.append(QJsonDocument::fromJson(line).object());
    return result;
}

} // namespace tidemark::test
