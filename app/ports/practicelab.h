#pragma once

#include "values/error.h"

#include <QString>
#include <qcorotask.h>

#include <functional>
#include <stop_token>

namespace tidemark {

// The practice lab on this machine: real clusters with archives and backups and a stand-in PBS, on loopback.
class PracticeLab
{
public:
    virtual ~PracticeLab() = default;
    // Builds and starts it, or takes up what is there. Each line tells one thing that was done. Answers with
    // the path of the lab's fleet file.
    [[nodiscard]] virtual QCoro::Task<Result<QString>> up(
        QString folder, std::function<void(QString)> line, std::stop_token stop)
        = 0;
    [[nodiscard]] virtual QCoro::Task<Result<>> down(QString folder, std::stop_token stop) = 0;
};

} // namespace tidemark
