#pragma once

#include "ports/localfiles.h"

#include <QHash>

namespace tidemark::test {

// Files by path, in memory.
class FakeLocalFiles : public LocalFiles
{
public:
    [[nodiscard]] QString serviceFilePath() const override { return servicePath; }
    [[nodiscard]] QCoro::Task<Result<QByteArray>> read(QString path, std::stop_token) override
    {
        const auto found = files.constFind(path);
        if (found == files.cend())
            co_return failure(
                ErrorKind::NotFound, QStringLiteral("file.missing"), path + QStringLiteral(": no such file"));
        co_return *found;
    }
    [[nodiscard]] QCoro::Task<Result<>> write(QString path, QByteArray bytes, std::stop_token) override
    {
        if (writing)
            files.insert(path, bytes);
        co_return writing;
    }
    [[nodiscard]] QCoro::Task<Result<QStringList>> examples(std::stop_token) override
    {
        co_return exampleFiles;
    }
    [[nodiscard]] QCoro::Task<Result<QString>> readOnlyCopy(QString path, std::stop_token) override
    {
        copied.append(path);
        co_return QString(QStringLiteral("/copies/") + path.section(QLatin1Char('/'), -1));
    }

    QString servicePath = QStringLiteral("/home/mkeller/.pg_service.conf");
    QHash<QString, Result<QByteArray>> files;
    Result<> writing; // what write() answers
    Result<QStringList> exampleFiles = QStringList();
    QStringList copied;
};

} // namespace tidemark::test
