#pragma once

#include "ctl/answer.h"
#include "ctl/tools.h"

#include <QMap>

#include <vector>

namespace tidemark::ctl {

struct Option {
    QString name; // "fleet", written --fleet
    QString value; // "FILE"; empty: a switch
    QString about;
};

// What was asked: the command's operands and options, already checked against its row.
struct Call {
    QStringList operands;
    QMap<QString, QString> options;

    [[nodiscard]] bool has(const QString &option) const { return options.contains(option); }
};

// One row of the table that help, man page and documentation are made from.
struct Command {
    QString name; // "pbs snapshots"
    QString operands; // "[SOURCE]"
    int least = 0; // operands
    int most = 0;
    QString about; // one line
    QString more; // what it calls a warning and what critical
    std::vector<Option> options;
    QCoro::Task<Answer> (*run)(Call call, Tools tools, std::stop_token stop) = nullptr;
};

[[nodiscard]] const std::vector<Command> &commands();

// One command line without the program's name, to its end. With --json the text is JSON.
[[nodiscard]] QCoro::Task<Answer> runCommandLine(QStringList arguments, Tools tools, std::stop_token stop);

} // namespace tidemark::ctl
