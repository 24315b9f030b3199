#pragma once

#include "moment/momentscene.h"
#include "shell/clocks.h"

#include <QCoreApplication>

namespace tidemark {

// How the page calls what happened. Names of relations come from outside: they are shown on one line with
// nothing hidden.
class MomentWords
{
    Q_DECLARE_TR_FUNCTIONS(MomentWords)

public:
    [[nodiscard]] static QString number(std::uint64_t number); // "48 213 977"
    [[nodiscard]] static QString subject(const WalEffect &effect); // "sales.orders", "file 1663/5/16385"
    [[nodiscard]] static QString verb(const WalEffect &effect); // "DELETE", "DROP TABLE"
    [[nodiscard]] static QString effect(const WalEffect &effect); // "DELETE 1 284 310 rows"
    [[nodiscard]] static QString event(const WalTransaction &transaction); // "DELETE", "DELETE, rolled back"
    [[nodiscard]] static QString relations(const WalTransaction &transaction); // "sales.orders +1"
    [[nodiscard]] static QString rows(const WalTransaction &transaction); // "5 186 427", "all", "–"
    [[nodiscard]] static QString usual(const MomentEvent &event, const Clocks &clocks); // "usual at 02:30"
    // One event in a sentence, for tips and screen readers.
    [[nodiscard]] static QString spoken(const MomentEvent &event, const Clocks &clocks);
    [[nodiscard]] static QString day(Instant at, const Clocks &clocks, Clocks::Face face);
    [[nodiscard]] static QString width(std::chrono::seconds width); // "each 5 s"
    // "Not read: 02:10 to 03:40", for each stretch of a day.
    [[nodiscard]] static QStringList unread(const MomentScene &scene, const Clocks &clocks);
};

} // namespace tidemark
