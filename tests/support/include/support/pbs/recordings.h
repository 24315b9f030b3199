#pragma once

#include <QByteArray>
#include <QList>
#include <QMap>
#include <QString>

#include <vector>

namespace tidemark::test {

// One recorded exchange with a real backup server (tests/data/pbs/recordings.json.gz).
struct Recording {
    QString name;
    QString note;
    QByteArray method;
    QByteArray path; // as sent, without the query
    QByteArray query;
    QMap<QString, QString> requestHeaders;
    QByteArray requestBody;
    int status = 0;
    QByteArray reason;
    QList<std::pair<QByteArray, QByteArray>> headers;
    QByteArray body;

    [[nodiscard]] QByteArray header(const QByteArray &name) const;
    // The whole answer as it went over the wire, framed as it was.
    [[nodiscard]] QByteArray answerBytes() const;
};

// All of them by name. Empty when the file cannot be read.
[[nodiscard]] const std::vector<Recording> &recordings();
[[nodiscard]] const Recording &recording(const QString &name);

[[nodiscard]] QByteArray readGzip(const QString &path);

} // namespace tidemark::test
