#include "moment/momentwords.h"

#include "widgets/amounts.h"
#include "widgets/figures.h"

using namespace Qt::StringLiterals;

namespace tidemark {

QString MomentWords::number(std::uint64_t number)
{
    return countWords(qint64(number));
}

QString MomentWords::subject(const WalEffect &effect)
{
    if (effect.relation)
        return oneLine(effect.relation->toString());
    if (!effect.database.isEmpty())
        return tr("database %1").arg(oneLine(effect.database));
    if (effect.file.number == 0)
        return tr("database number %1").arg(effect.file.database);
    return tr("file %1").arg(effect.file.toString());
}

static QString dropVerb(char kind)
{
    switch (kind) {
    case 'm':
        return u"DROP MATERIALIZED VIEW"_s;
    case 'i':
    case 'I':
        return u"DROP INDEX"_s;
    case 'S':
        return u"DROP SEQUENCE"_s;
    case 'v':
        return u"DROP VIEW"_s;
    default:
        return u"DROP TABLE"_s;
    }
}

QString MomentWords::verb(const WalEffect &effect)
{
    switch (effect.kind) {
    case WalEffectKind::DeletedRows:
        return u"DELETE"_s;
    case WalEffectKind::UpdatedRows:
        return u"UPDATE"_s;
    case WalEffectKind::Truncated:
        return u"TRUNCATE"_s;
    case WalEffectKind::Dropped:
        return dropVerb(effect.relation ? effect.relation->kind : 'r');
    case WalEffectKind::DroppedColumn:
        return u"DROP COLUMN"_s;
    case WalEffectKind::DroppedDatabase:
        return u"DROP DATABASE"_s;
    case WalEffectKind::Rewritten:
        return tr("rewritten");
    case WalEffectKind::MovedDatabase:
        return tr("database moved");
    case WalEffectKind::Created:
        return u"CREATE"_s;
    case WalEffectKind::Renamed:
        return u"RENAME"_s;
    case WalEffectKind::Altered:
        return u"ALTER"_s;
    case WalEffectKind::CreatedDatabase:
        return u"CREATE DATABASE"_s;
    case WalEffectKind::ChangedTablespaces:
        return tr("tablespaces changed");
    }
    return {};
}

QString MomentWords::effect(const WalEffect &effect)
{
    if (effect.rows == 0)
        return verb(effect);
    const QString rows = tr("%1 rows", nullptr, int(effect.rows)).arg(number(effect.rows));
    return u"%1 %2"_s.arg(verb(effect), rows);
}

QString MomentWords::event(const WalTransaction &transaction)
{
    const QString what = transaction.effects.empty() ? tr("rows changed") : verb(transaction.effects.front());
    switch (transaction.kind) {
    case WalClass::RolledBack:
        return tr("%1, rolled back").arg(what);
    case WalClass::Pending:
        return tr("%1, prepared").arg(what);
    case WalClass::Harmless:
    case WalClass::Change:
    case WalClass::Rewrite:
    case WalClass::Destructive:
        break;
    }
    return what;
}

QString MomentWords::relations(const WalTransaction &transaction)
{
    if (transaction.effects.empty())
        return {};
    QStringList all;
    for (const WalEffect &one : transaction.effects)
        all << subject(one);
    all.removeDuplicates();
    return all.size() == 1 ? all.front() : u"%1 +%2"_s.arg(all.front()).arg(all.size() - 1);
}

QString MomentWords::rows(const WalTransaction &transaction)
{
    std::uint64_t rows = 0;
    for (const WalEffect &effect : transaction.effects) {
        if (effect.kind == WalEffectKind::Truncated)
            return tr("all", "rows");
        rows += effect.rows;
    }
    return rows == 0 ? u"–"_s : number(rows);
}

QString MomentWords::usual(const MomentEvent &event, const Clocks &clocks)
{
    if (!event.usual || !event.usualAt)
        return {};
    return tr("usual at %1").arg(clocks.at(*event.usualAt).toString(u"HH:mm"_s));
}

QString MomentWords::spoken(const MomentEvent &event, const Clocks &clocks)
{
    const WalTransaction &transaction = *event.transaction;
    QStringList effects;
    for (const WalEffect &one : transaction.effects)
        effects << tr("%1 on %2", "DELETE 5 rows on sales.orders").arg(effect(one), subject(one));
    QStringList parts { effects.isEmpty() ? MomentWords::event(transaction) : effects.join(u", "_s) };
    if (transaction.kind == WalClass::RolledBack)
        parts << tr("rolled back");
    if (event.suspicious())
        parts << tr("suspicious");
    if (const QString habit = usual(event, clocks); !habit.isEmpty())
        parts << habit;
    parts << tr("transaction %1 at %2").arg(number(transaction.xid), clocks.full(transaction.at));
    return parts.join(u"; "_s);
}

QString MomentWords::day(Instant at, const Clocks &clocks, Clocks::Face face)
{
    return clocks.at(at, face).toString(u"ddd yyyy-MM-dd HH:mm:ss.zzz"_s);
}

QString MomentWords::width(std::chrono::seconds width)
{
    return tr("each %1", "5 s").arg(durationWords(width));
}

QStringList MomentWords::unread(const MomentScene &scene, const Clocks &clocks)
{
    QStringList all;
    for (const MomentSpan &span : unreadSpans(scene.read, { scene.whole.from, scene.now }))
        if (span.to - span.from > std::chrono::minutes(1))
            all << tr("%1 to %2").arg(clocks.inTable(span.from), clocks.inTable(span.to));
    return all;
}

} // namespace tidemark
