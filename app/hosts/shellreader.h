#pragma once

#include "hosts/way.h"
#include "ports/hostreader.h"
#include "ports/turns.h"

#include <array>

namespace tidemark {

// A machine, or an account, that is reached through a POSIX shell: scripts of ours on its standard input, or
// one command line. At most four calls run at once; sshd's own limit for one connection is ten.
class ShellHostReader : public HostReader, public std::enable_shared_from_this<ShellHostReader>
{
public:
    ShellHostReader(QString name, std::shared_ptr<Way> way, QString runAs);
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
    struct Call {
        QByteArray line; // for the far shell
        QByteArray input;
        std::optional<std::chrono::milliseconds> limit;
        // Gets the status and what follows it, as it comes, on another thread; false: enough.
        std::function<bool(const QByteArray &status, QByteArrayView bytes)> take;
    };
    struct Answer {
        QByteArray status;
        int exit = 0;
        QByteArray err;
        bool unwanted = false;
    };
    [[nodiscard]] QCoro::Task<Result<Answer>> call(Call call, std::stop_token stop);
    [[nodiscard]] Call script(const QByteArray &text) const;
    [[nodiscard]] QByteArray as(const QByteArray &line) const;
    [[nodiscard]] Error why(int exit, const QByteArray &err) const;

    QString m_name;
    std::shared_ptr<Way> m_way;
    QString m_runAs;
    std::array<std::shared_ptr<Queue>, 4> m_lanes;
    std::size_t m_nextLane = 0;
};

} // namespace tidemark
