#pragma once

#include "ports/hand.h"
#include "ports/hostreader.h"

#include <memory>

namespace tidemark {

// Jobs through whatever reads a host: its shell is all that is needed there.
class HostHand : public Hand, public std::enable_shared_from_this<HostHand>
{
public:
    explicit HostHand(std::shared_ptr<HostReaders> hosts);
    [[nodiscard]] QCoro::Task<Result<JobSeen>> start(
        HostJob job, QByteArray script, std::stop_token stop) override;
    [[nodiscard]] QCoro::Task<Result<JobSeen>> look(
        HostJob job, qint64 from, std::chrono::milliseconds patience, std::stop_token stop) override;
    [[nodiscard]] QCoro::Task<Result<JobSeen>> end(HostJob job, std::stop_token stop) override;
    [[nodiscard]] QCoro::Task<Result<>> forget(HostJob job, std::stop_token stop) override;
    [[nodiscard]] QCoro::Task<Result<Said>> ask(Host host, QByteArray script, std::stop_token stop) override;

private:
    [[nodiscard]] QCoro::Task<Result<HostOutput>> run(
        Host host, QByteArray script, std::chrono::milliseconds limit, std::stop_token stop);
    [[nodiscard]] QCoro::Task<Result<JobSeen>> seen(HostJob job, QByteArray script, std::stop_token stop);

    std::shared_ptr<HostReaders> m_hosts;
};

} // namespace tidemark
