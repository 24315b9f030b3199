#pragma once

#include <QByteArray>
#include <QString>

#include <chrono>
#include <memory>

namespace tidemark::test {

// A certificate authority for tests: a new key each time, kept in memory; certificates as files.
class Authority
{
public:
    Authority(const QString &folder, const QString &name);
    Authority(const Authority &) = delete;
    Authority &operator=(const Authority &) = delete;
    ~Authority();

    [[nodiscard]] QString certificateFile() const { return m_file; }

    struct Leaf {
        QString certificateFile;
        QString keyFile;
    };
    // `names` as OpenSSL takes them: "DNS:localhost,IP:127.0.0.1". Readable by the servers' account.
    [[nodiscard]] Leaf issue(
        const QString &file, const QByteArray &names, std::chrono::seconds validFor = std::chrono::hours(24));

private:
    struct Parts;
    QString m_folder;
    QString m_file;
    std::unique_ptr<Parts> m_parts;
};

} // namespace tidemark::test
