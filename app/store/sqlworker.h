#pragma once

#include "ports/once.h"
#include "store/database.h"
#include "store/sqlitefile.h"

#include <QThreadPool>

#include <functional>

namespace tidemark {

// The one thread a store's connection lives on; it never expires, because Qt Sql ties a connection to its
// thread. Destroying the worker waits for the job under way.
class SqlWorker
{
public:
    SqlWorker();
    SqlWorker(const SqlWorker &) = delete;
    SqlWorker &operator=(const SqlWorker &) = delete;
    ~SqlWorker();

    // What the worker holds; only its own thread may touch it.
    struct Held {
        std::unique_ptr<WriterLock> lock;
        std::unique_ptr<Database> database;
        std::function<Result<std::unique_ptr<Database>>()> reopen; // empty: a lost connection stays lost
    };

    template <class Work>
    [[nodiscard]] auto run(Work work)
    {
        const Once<std::invoke_result_t<Work, Held &>> done;
        m_pool.start([held = m_held, done, work = std::move(work)] { done.settle(work(*held)); });
        return done;
    }
    // Work on the open database. Once more after a reconnect, when the connection was found lost: so only for
    // work that may be repeated.
    template <class Work>
    [[nodiscard]] auto query(Work work)
    {
        return run([work = std::move(work)](Held &held) {
            auto answer = attempt(held, work);
            if (!answer && answer.error().code == QLatin1StringView("store.unreachable") && held.reopen) {
                held.database.reset();
                answer = attempt(held, work);
            }
            return answer;
        });
    }

private:
    template <class Work>
    static std::invoke_result_t<Work, Database &> attempt(Held &held, const Work &work)
    {
        if (!held.database) {
            auto opened = held.reopen();
            if (!opened)
                return tl::unexpected(std::move(opened).error());
            held.database = *std::move(opened);
        }
        return work(*held.database);
    }

    std::shared_ptr<Held> m_held = std::make_shared<Held>();
    QThreadPool m_pool;
};

} // namespace tidemark
