#pragma once

#include "ports/sqlsession.h"
#include "ports/turns.h"
#include "postgres/dial.h"
#include "postgres/reader.h"
#include "postgres/tunnel.h"

namespace tidemark {

// A libpq connection on the event loop, with the tunnel it goes through.
class PgSession final : public SqlSession, public std::enable_shared_from_this<PgSession>
{
public:
    PgSession(Connection connection, std::shared_ptr<Tunnel> tunnel, SqlAbout about,
        std::optional<std::chrono::milliseconds> statementTimeout);
    PgSession(const PgSession &) = delete;
    PgSession &operator=(const PgSession &) = delete;
    ~PgSession() override;

    [[nodiscard]] SqlAbout about() const override { return m_about; }
    [[nodiscard]] SqlStatus status() const override;
    [[nodiscard]] std::vector<SqlNotice> takeNotices() override;
    [[nodiscard]] QCoro::Task<Result<SqlRows>> query(SqlStatement statement, std::stop_token stop) override;
    [[nodiscard]] QCoro::Task<Result<SqlRows>> stream(
        SqlStatement statement, std::function<void(SqlRows)> portion, std::stop_token stop) override;
    [[nodiscard]] QCoro::Task<std::vector<Result<SqlRows>>> pipeline(
        std::vector<SqlStatement> statements, std::stop_token stop) override;

private:
    using Answers = std::vector<Result<SqlRows>>;
    enum class Wake { Socket, Timer, Stop };
    struct Cancelling;

    [[nodiscard]] QCoro::Task<Answers> run(
        std::vector<SqlStatement> statements, Reader::Portion portion, std::stop_token stop);
    [[nodiscard]] QCoro::Task<Reader::Step> drive(
        std::shared_ptr<Reader> reader, std::shared_ptr<Cancelling> cancelling, std::stop_token stop);
    [[nodiscard]] QCoro::Task<Wake> wake(
        bool unsent, std::optional<std::chrono::milliseconds> atMost, std::stop_token stop);
    [[nodiscard]] QCoro::Task<Error> whyLost();
    [[nodiscard]] bool consume();
    void askToCancel(Cancelling &cancelling) const;
    void close();
    static void hear(void *self, const PGresult *notice);

    Connection m_connection;
    std::shared_ptr<Tunnel> m_tunnel;
    SqlAbout m_about;
    std::optional<std::chrono::milliseconds> m_statementTimeout;
    std::shared_ptr<Queue> m_queue = std::make_shared<Queue>();
    std::vector<SqlNotice> m_notices;
};

} // namespace tidemark
