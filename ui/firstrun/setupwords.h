#pragma once

#include "items/servertablemodel.h"

#include <QCoreApplication>

namespace tidemark {

// The words of the first run's table and footer.
class SetupWords
{
    Q_DECLARE_TR_FUNCTIONS(SetupWords)

public:
    [[nodiscard]] static Cell cell(const SetupServer &server, int column);
    // What stands in the way of one server and what to do; empty when nothing does.
    [[nodiscard]] static QString obstacle(const SetupServer &server);
    [[nodiscard]] static QString environment(Environment environment); // "Choose…" while unset
    [[nodiscard]] static QStringList headers();

private:
    [[nodiscard]] static Cell versionCell(const SetupServer &server);
    [[nodiscard]] static Cell accessCell(const SetupServer &server);
    [[nodiscard]] static Cell failedCell(const Error &error);
};

} // namespace tidemark
