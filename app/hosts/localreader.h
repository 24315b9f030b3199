#pragma once

#include "ports/hostreader.h"

namespace tidemark {

// This machine, with the rights of this program. Every call works on a thread of its own, so that a dead
// network file system holds nobody up.
class LocalHostReader : public HostReader, public std::enable_shared_from_this<LocalHostReader>
{
public:
    explicit LocalHostReader(QString name);
    [[nodiscard]] QString name() const override { return m_name; }
    [[nodiscard]] QCoro::Task<Result<std::vector<QByteArray>>> list(
        HostListing listing, std::function<void(std::vector<HostEntry>)> take, std::stop_token stop) override;
    [[nodiscard]] QCoro::Task<Result<QByteArray>> read(
        QByteArray path, qint64 offset, qint64 length, std::stop_token stop) override;
    [[nodiscard]] QCoro::Task<Result<std::vector<Result<QByteArray>>>> readMany(
        std::vector<Part> parts, std::stop_token stop) override;
    [[nodiscard]] QCoro::Task<Result<>> stream(QByteArray path, qint64 from,
        std::function<bool(QByteArrayView)> take, std::stop_token stop) override;
    [[nodiscard]] QCoro::Task<Result<HostOutput>> run(HostCommand command, std::stop_token stop) override;
    [[nodiscard]] QCoro::Task<Result<HostSpace>> space(QByteArray folder, std::stop_token stop) override;

private:
    QString m_name;
};

} // namespace tidemark
