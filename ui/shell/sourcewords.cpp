#include "shell/sourcewords.h"

#include "shell/clocks.h"
#include "widgets/amounts.h"

#include <QCoreApplication>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

QString words(const char *text)
{
    return QCoreApplication::translate("Sources", text);
}

std::chrono::seconds ageOf(Instant then, Instant now)
{
    return std::max(std::chrono::seconds(0), std::chrono::duration_cast<std::chrono::seconds>(now - then));
}

// With the day, when it is not today's.
QString momentWords(Instant at, Instant now, const Clocks &clocks)
{
    const bool today = clocks.at(at).date() == clocks.at(now).date();
    const QString time = today ? clocks.timeOfDay(at) : clocks.inTable(at);
    return time + u' ' + clocks.shortZone(at, clocks.active());
}

struct Silent {
    QString name;
    std::optional<Instant> since;
    std::optional<Instant> figuresFrom;
    std::optional<Instant> nextTry;
    bool isServer = true;
};

template <class Facts>
void gather(std::vector<Silent> &silent, const std::vector<Followed<Facts>> &followed, bool isServer)
{
    for (const auto &one : followed) {
        if (one.reach != Reach::Offline)
            continue;
        std::optional<Instant> figures;
        if (one.facts)
            figures = one.facts->readAt;
        silent.push_back({ one.name, one.offlineSince, figures, one.nextTry, isServer });
    }
}

std::vector<Silent> silentOnes(const FleetState &state)
{
    std::vector<Silent> silent;
    gather(silent, state.servers, true);
    gather(silent, state.backupServers, false);
    // The one that is silent longest first: its data are the oldest.
    std::ranges::stable_sort(silent, {}, [](const Silent &one) { return one.since.value_or(Instant()); });
    return silent;
}

template <class Facts>
bool anyStale(const std::vector<Followed<Facts>> &followed)
{
    return std::ranges::any_of(followed, [](const auto &one) { return one.reach == Reach::Stale; });
}

template <class Facts>
bool isConnected(const Followed<Facts> &one)
{
    return one.facts && one.reach != Reach::Offline && one.reach != Reach::Never;
}

SourceEntry serversEntry(const FleetState &state)
{
    const auto all = qsizetype(state.servers.size());
    const auto connected = std::ranges::count_if(state.servers, isConnected<ServerFacts>);
    const bool waiting
        = std::ranges::none_of(state.servers, [](const auto &one) { return one.reach == Reach::Offline; });
    if (connected == 0 && waiting)
        return { Glyph::Planned, words(QT_TRANSLATE_NOOP("Sources", "PostgreSQL: not connected")) };
    const Glyph glyph = connected == all ? Glyph::OkQuiet : waiting ? Glyph::Planned : Glyph::Attention;
    return { glyph,
        words(QT_TRANSLATE_NOOP("Sources", "PostgreSQL: %1 of %2 connected")).arg(connected).arg(all) };
}

SourceEntry backupServerEntry(const Followed<PbsFacts> &one, Instant now, const Clocks &clocks)
{
    if (!one.facts) {
        const bool offline = one.reach == Reach::Offline;
        return { offline ? Glyph::Attention : Glyph::Planned,
            words(QT_TRANSLATE_NOOP("Sources", "PBS %1: not connected")).arg(one.name) };
    }
    const Instant read = one.facts->readAt;
    if (one.reach == Reach::Offline || one.reach == Reach::Stale)
        return { Glyph::Attention,
            words(QT_TRANSLATE_NOOP("Sources", "PBS %1: last answer %2"))
                .arg(one.name, momentWords(read, now, clocks)) };
    return {
        Glyph::OkQuiet,
        words(QT_TRANSLATE_NOOP("Sources", "PBS %1: answered %2")).arg(one.name, agoWords(ageOf(read, now)))
    };
}

QString figuresText(const Silent &one, Instant now, const Clocks &clocks)
{
    if (!one.figuresFrom)
        return words(QT_TRANSLATE_NOOP("Sources", "Nothing is known of it yet; everything else works."));
    return words(one.isServer
            ? QT_TRANSLATE_NOOP(
                "Sources", "Its figures are from %1; the other servers and all backups are current.")
            : QT_TRANSLATE_NOOP("Sources", "Its figures are from %1; the PostgreSQL servers are current."))
        .arg(momentWords(*one.figuresFrom, now, clocks));
}

// "Last answers: shop 16 Nov 09:20 UTC, wiki none yet, and 2 more."
QString lastAnswers(const std::vector<Silent> &silent, Instant now, const Clocks &clocks)
{
    constexpr std::size_t Most = 5;
    QStringList told;
    for (std::size_t i = 0; i < std::min(Most, silent.size()); ++i) {
        const Silent &one = silent[i];
        told += one.name + u' '
            + (one.figuresFrom ? momentWords(*one.figuresFrom, now, clocks)
                               : words(QT_TRANSLATE_NOOP("Sources", "none yet")));
    }
    if (silent.size() > Most)
        told += QCoreApplication::translate("Sources", "and %n more", "a server", int(silent.size() - Most));
    return words(QT_TRANSLATE_NOOP("Sources", "Last answers: %1.")).arg(told.join(u", "_s));
}

QString silentTitle(const std::vector<Silent> &silent, Instant now)
{
    const Silent &first = silent.front();
    const int others = int(silent.size()) - 1;
    const QString whole = others == 0
        ? first.name
        : QCoreApplication::translate("Sources", "%1 and %n more have", "a server", others).arg(first.name);
    if (!first.since)
        return words(others == 0 ? QT_TRANSLATE_NOOP("Sources", "%1 has not answered")
                                 : QT_TRANSLATE_NOOP("Sources", "%1 not answered"))
            .arg(whole);
    const auto age = ageOf(*first.since, now);
    const auto told = age >= std::chrono::minutes(2) ? std::chrono::floor<std::chrono::minutes>(age) : age;
    return words(others == 0 ? QT_TRANSLATE_NOOP("Sources", "%1 has not answered for %2")
                             : QT_TRANSLATE_NOOP("Sources", "%1 not answered, the first for %2"))
        .arg(whole, durationWords(told));
}

} // namespace

Freshness freshnessOf(const FleetState &state, Instant now)
{
    using Level = Freshness::Level;
    const auto silent = silentOnes(state);
    if (silent.size() == 1)
        return { Level::Offline, words(QT_TRANSLATE_NOOP("Sources", "%1 offline")).arg(silent.front().name) };
    if (!silent.empty())
        return { Level::Offline,
            QCoreApplication::translate("Sources", "%n offline", "servers and sources", int(silent.size())) };
    if (!state.newestAnswer)
        return { Level::NotConnected, words(QT_TRANSLATE_NOOP("Sources", "Not connected")) };
    const QString age = agoWords(ageOf(*state.newestAnswer, now));
    if (anyStale(state.servers) || anyStale(state.backupServers))
        return { Level::Stale, words(QT_TRANSLATE_NOOP("Sources", "stale · %1")).arg(age) };
    return { Level::Live, words(QT_TRANSLATE_NOOP("Sources", "Live · %1")).arg(age) };
}

std::vector<SourceEntry> sourceEntries(const FleetState &state, Instant now, const Clocks &clocks)
{
    std::vector<SourceEntry> entries { serversEntry(state) };
    for (const auto &one : state.backupServers)
        entries.push_back(backupServerEntry(one, now, clocks));
    if (state.servers.empty() && state.backupServers.empty())
        entries.push_back({ Glyph::Planned, words(QT_TRANSLATE_NOOP("Sources", "PBS: not connected")) });
    return entries;
}

std::optional<OfflineNotice> offlineNotice(const FleetState &state, Instant now, const Clocks &clocks)
{
    const auto silent = silentOnes(state);
    if (silent.empty())
        return {};
    const Silent &first = silent.front();
    const QString text
        = silent.size() == 1 ? figuresText(first, now, clocks) : lastAnswers(silent, now, clocks);
    return OfflineNotice { first.name, silentTitle(silent, now), text, first.nextTry };
}

QString nextTryWords(std::optional<Instant> nextTry, Instant now)
{
    if (!nextTry)
        return {};
    const auto left = std::chrono::ceil<std::chrono::seconds>(*nextTry - now);
    if (left.count() <= 0)
        return words(QT_TRANSLATE_NOOP("Sources", "trying now"));
    return words(QT_TRANSLATE_NOOP("Sources", "next try %1")).arg(durationWords(left));
}

QString commonRole(const FleetState &state)
{
    QSet<QString> roles;
    for (const auto &server : state.servers)
        if (server.facts)
            roles.insert(server.facts->role);
    return roles.size() == 1 ? *roles.cbegin() : QString();
}

} // namespace tidemark
