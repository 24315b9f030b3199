#pragma once

#include <QByteArray>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QStringList>

namespace tidemark::test {

struct Ended {
    int code = -1;
    QString out;
    QString err;
};

// The tidemark-lab program that was built with the tests.
inline QString labProgram()
{
    return QStringLiteral(TIDEMARK_BIN_DIR "/tidemark-lab");
}

inline Ended lab(const QStringList &arguments)
{
    QProcess process;
    process.start(labProgram(), arguments);
    if (!process.waitForFinished(120'000))
        return { -1, {}, QStringLiteral("hung") };
    return { process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
        QString::fromUtf8(process.readAllStandardError()) };
}

inline QJsonObject jsonFile(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

// The facts of one service in a lab's truth.json.
inline QJsonObject truthOf(const QString &folder, const QString &service)
{
    const auto services
        = jsonFile(folder + QStringLiteral("/truth.json"))[QStringLiteral("services")].toArray();
    for (const auto &one : services) {
        if (one.toObject()[QStringLiteral("cluster")] == service)
            return one.toObject();
    }
    return {};
}

} // namespace tidemark::test
