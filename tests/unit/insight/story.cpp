#include "story.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace tidemark::test {

namespace {

constexpr std::uint32_t Size = 1u << 20;

TimelineId timelineOf(const QString &word)
{
    return { word.toUInt() };
}

std::pair<double, double> rangeOf(const QString &word)
{
    const QStringList parts = word.split(u'-');
    return { parts.first().toDouble(), parts.last().toDouble() };
}

class Reader
{
public:
    explicit Reader(Story &story)
        : m_story(story)
    {
    }

    void line(const QString &text)
    {
        m_words = text.simplified().split(u' ');
        const QString kind = m_words.first();
        if (kind == u"wal")
            wal();
        else if (kind == u"bad")
            bad();
        else if (kind == u"history")
            history();
        else if (kind == u"ends")
            ends();
        else if (kind == u"full" || kind == u"incr")
            base(kind == u"incr");
        else if (kind == u"dump" || kind == u"vm" || kind == u"globals")
            point(kind);
        else
            setting(kind);
    }

private:
    QString word(int at) const { return m_words.value(at); }
    bool has(const QString &flag) const { return m_words.contains(flag); }
    double valueOf(const QString &key, double otherwise) const
    {
        for (const QString &flag : m_words)
            if (flag.startsWith(key))
                return flag.sliced(key.size()).toDouble();
        return otherwise;
    }
    double number(int at) const { return word(at).toDouble(); }

    WalArchive &archive(const QString &name)
    {
        for (WalArchive &one : m_story.facts.archives)
            if (one.source == name)
                return one;
        WalArchive made;
        made.source = name;
        made.segmentSize = Size;
        m_story.facts.archives.push_back(made);
        return m_story.facts.archives.back();
    }
    void wal()
    {
        const auto [first, last] = rangeOf(word(3));
        WalSpan span { timelineOf(word(2)), { std::uint64_t(first) }, { std::uint64_t(last) }, {}, {} };
        if (!has(u"untimed"_s)) {
            span.firstArrived = Story::minute(first + 1);
            span.lastArrived = Story::minute(valueOf(u"late="_s, last + 1));
        }
        archive(word(1)).spans.push_back(span);
    }
    void bad()
    {
        WalTrouble trouble;
        trouble.timeline = timelineOf(word(2));
        trouble.number = SegmentNumber { word(3).toULongLong() };
        trouble.fault = word(4) == u"empty" ? WalFault::Empty : WalFault::BadPage;
        trouble.arrived = Story::minute(number(3) + 1);
        trouble.name = segmentName(*trouble.timeline, *trouble.number, Size);
        archive(word(1)).troubles.push_back(trouble);
    }
    void history()
    {
        TimelineHistory file;
        file.timeline = timelineOf(word(2));
        for (int at = 3; at < m_words.size(); ++at) {
            const QStringList parts = word(at).split(u'@');
            file.switches.push_back(
                { timelineOf(parts.first()), Story::at(parts.last().toDouble()), u"no reason"_s });
            file.arrived = Story::minute(parts.last().toDouble() + 0.1);
        }
        archive(word(1)).histories.push_back(file);
    }
    void ends()
    {
        const auto [start, stop] = rangeOf(word(3));
        archive(word(1)).backupEnds.push_back(
            { timelineOf(word(2)), Story::at(start), Story::at(stop), Story::minute(stop), u"label"_s });
    }
    void base(bool increment)
    {
        ArtifactFact fact;
        fact.id = word(1);
        fact.method = increment ? Method::Incremental : Method::Full;
        fact.parent = increment ? word(2) : QString();
        const int at = increment ? 3 : 2;
        fact.timeline = timelineOf(word(at));
        const auto [start, stop] = rangeOf(word(at + 1));
        fact.startLsn = Story::at(start);
        fact.start = Story::minute(start);
        if (!has(u"nostop"_s))
            fact.stopLsn = Story::at(stop);
        if (!has(u"notime"_s) && !has(u"nostop"_s))
            fact.stop = Story::minute(stop);
        flags(fact, stop);
    }
    void point(const QString &kind)
    {
        ArtifactFact fact;
        const bool dump = kind == u"dump";
        fact.kind = dump    ? ArtifactKind::Dump
            : kind == u"vm" ? ArtifactKind::VmSnapshot
                            : ArtifactKind::Globals;
        fact.id = word(1);
        fact.database = dump && word(2) != u"-" ? word(2) : QString();
        const double at = number(dump ? 3 : 2);
        fact.start = dump ? std::optional(Story::minute(at)) : std::nullopt;
        fact.stop = Story::minute(dump ? at + 0.5 : at);
        fact.withGlobals = has(u"globals"_s);
        flags(fact, at);
    }
    void flags(ArtifactFact &fact, double stop)
    {
        fact.assurance = has(u"refuted"_s) ? Assurance::Refuted
            : has(u"verified"_s)           ? Assurance::Contents
            : has(u"proven"_s)             ? Assurance::Restored
                                           : Assurance::Listed;
        fact.assuredAt = Story::minute(valueOf(u"at="_s, stop));
        fact.state = has(u"damaged"_s) ? ArtifactState::Damaged
            : has(u"running"_s)        ? ArtifactState::Running
            : has(u"failed"_s)         ? ArtifactState::Failed
            : has(u"unfinished"_s)     ? ArtifactState::Unfinished
                                       : ArtifactState::Complete;
        fact.foreign = has(u"foreign"_s);
        fact.carriesWal = has(u"carries"_s);
        fact.badPages = has(u"badpages"_s);
        m_story.facts.artifacts.push_back(fact);
    }
    void setting(const QString &kind)
    {
        if (kind == u"claims")
            archive(word(1)).listed = false;
        else if (kind == u"id")
            archive(word(1)).systemId = SystemId { word(2).toULongLong() };
        else if (kind == u"server")
            m_story.server = timelineOf(word(1));
        else if (kind == u"proof")
            m_proof = number(1);
        else if (kind == u"now")
            m_story.now = Story::minute(number(1));
        else
            qFatal("no such line: %s", qPrintable(kind));
        if (m_proof > 0) // a day stands for a minute: proof ages are told in days
            m_story.objectives.proofAge = std::chrono::days(qint64(m_proof));
    }

    Story &m_story;
    QStringList m_words;
    double m_proof = 0;
};

// Positions and times with at most two digits behind the point.
QString decimal(double value)
{
    return QString::number(std::round(value * 100) / 100);
}
QString minutes(Instant instant)
{
    return decimal(double((instant - Story::minute(0)).count()) / 60e6);
}
QString segments(Lsn lsn)
{
    return decimal(double(lsn.value) / Size);
}

QString word(Confidence confidence)
{
    return QStringList { u"claimed"_s, u"aged"_s, u"verified"_s, u"proven"_s }.value(int(confidence));
}

QString archiveName(const ClusterFacts &facts, qint32 index)
{
    return index < 0 ? u"-"_s : facts.archives[std::size_t(index)].source;
}

QString print(const Window &window, const ClusterFacts &facts)
{
    QString text
        = u"window %1 %2-%3"_s.arg(window.timeline.value).arg(minutes(window.from), minutes(window.to));
    if (minutes(window.from) != segments(window.fromLsn) || minutes(window.to) != segments(window.toLsn))
        text += u" (%1-%2)"_s.arg(segments(window.fromLsn), segments(window.toLsn));
    text += u" %1 %2 %3"_s.arg(facts.artifacts[std::size_t(window.artifact)].id,
        archiveName(facts, window.archive), word(window.confidence));
    return window.open ? text + u" open"_s : text;
}

QString print(const Gap &gap, const ClusterFacts &facts, const QString &kind)
{
    const QStringList causes { u"missing"_s, u"bad"_s, u"nobase"_s, u"nohistory"_s };
    return u"%1 %2 %3-%4 %5 %6+%7 %8"_s.arg(kind)
        .arg(gap.timeline.value)
        .arg(minutes(gap.from), gap.to ? minutes(*gap.to) : QString(), causes.value(int(gap.cause)))
        .arg(gap.first.value)
        .arg(gap.count)
        .arg(archiveName(facts, gap.archive));
}

QString print(const Branch &branch)
{
    QString text = u"branch %1"_s.arg(branch.timeline.value);
    if (branch.parent)
        text += u" of %1 at %2"_s.arg(branch.parent->value).arg(segments(*branch.forkedAt));
    for (const auto &[flag, name] :
        { std::pair(branch.current, u"current"_s), { !branch.reachable, u"aside"_s },
            { branch.stray, u"stray"_s }, { branch.historyMissing, u"nohistory"_s } })
        if (flag)
            text += u' ' + name;
    return text;
}

QString print(const Point &point, const ClusterFacts &facts)
{
    const QString text = u"point %1 %2 %3"_s.arg(
        minutes(point.at), facts.artifacts[std::size_t(point.artifact)].id, word(point.confidence));
    return point.partly ? text + u" partly"_s : text;
}

} // namespace

Instant Story::minute(double minutes)
{
    return Instant::fromSeconds(1'795'000'000 + qint64(std::llround(minutes * 60)));
}

Lsn Story::at(double segments)
{
    return { std::uint64_t(std::llround(segments * Size)) };
}

Story Story::of(const QString &text)
{
    Story story;
    story.facts.name = u"db"_s;
    story.facts.systemId = SystemId { 42 };
    Reader reader(story);
    for (const QString &line : QString(text).replace(u';', u'\n').split(u'\n'))
        if (!line.simplified().isEmpty())
            reader.line(line);
    const auto stop
        = [](const ArtifactFact &fact) { return fact.stop ? *fact.stop : Instant::fromSeconds(1LL << 40); };
    std::stable_sort(story.facts.artifacts.begin(), story.facts.artifacts.end(),
        [&](const ArtifactFact &a, const ArtifactFact &b) { return stop(a) < stop(b); });
    return story;
}

Recoverability Story::result() const
{
    return recoverability(facts, objectives, server, now);
}

RestorePath Story::pathTo(double minutes) const
{
    const Recoverability found = result();
    return restorePath(facts, found, StartingPoints(facts, found, objectives, now), minute(minutes));
}

QString print(const RestorePath &path, const ClusterFacts &facts)
{
    QStringList words;
    if (path.answer.kind == Answer::Kind::Nothing) {
        words.append(u"nothing"_s);
    } else {
        words.append(path.answer.kind == Answer::Kind::Exact ? u"exact"_s : u"earlier"_s);
        words.append(minutes(path.answer.at));
        QStringList chain;
        for (const qint32 artifact : path.chain)
            chain.append(facts.artifacts[std::size_t(artifact)].id);
        words.append(chain.join(u'+'));
        words.append(word(path.confidence));
    }
    if (path.wal)
        words.append(u"wal %1 %2>%3 %4-%5 x%6 %7 %8"_s.arg(archiveName(facts, path.wal->archive))
                         .arg(path.wal->fromTimeline.value)
                         .arg(path.wal->timeline.value)
                         .arg(segments(path.wal->from), segments(path.wal->to))
                         .arg(path.wal->segments)
                         .arg(path.wal->first.right(2), path.wal->last.right(2)));
    for (const auto &[flag, name] : { std::pair(path.grows, u"grows"_s), { path.partly, u"partly"_s },
             { path.withoutRoles, u"roleless"_s } })
        if (flag)
            words.append(name);
    if (path.part)
        words.append(u"part %1 %2"_s.arg(minutes(path.part->at),
            path.part->artifact < qint32(facts.artifacts.size())
                ? facts.artifacts[std::size_t(path.part->artifact)].id
                : QString()));
    if (path.next)
        words.append(u"next %1"_s.arg(minutes(*path.next)));
    return words.join(u' ');
}

QString print(const Recoverability &found, const ClusterFacts &facts)
{
    QStringList lines;
    for (const Window &window : found.windows)
        lines.append(print(window, facts));
    for (const Point &point : found.points)
        lines.append(print(point, facts));
    for (const DumpRun &run : found.runs) {
        QStringList ids;
        for (const qint32 artifact : run.artifacts)
            ids.append(facts.artifacts[std::size_t(artifact)].id);
        lines.append(
            u"run %1-%2 %3 %4"_s.arg(minutes(run.from), minutes(run.to), ids.join(u'+'), word(run.confidence))
            + (run.withRoles ? QString() : u" roleless"_s));
    }
    for (const Gap &gap : found.gaps)
        lines.append(print(gap, facts, u"gap"_s));
    for (const Gap &gap : found.covered)
        lines.append(print(gap, facts, u"covered"_s));
    const bool odd = std::any_of(found.branches.begin(), found.branches.end(),
        [](const Branch &branch) { return branch.historyMissing; });
    if (found.branches.size() > 1 || odd)
        for (const Branch &branch : found.branches)
            lines.append(print(branch));
    const QStringList reasons { u"noposition"_s, u"chain"_s, u"nowal"_s, u"notime"_s };
    for (std::size_t at = 0; at < found.unusable.size(); ++at)
        lines.append(u"useless %1 %2"_s.arg(
            facts.artifacts[std::size_t(found.unusable[at])].id, reasons.value(int(found.reasons[at]))));
    if (found.newest)
        lines.append(u"newest %1"_s.arg(minutes(*found.newest))
            + (found.newestLsn ? u" (%1)"_s.arg(segments(*found.newestLsn)) : QString()));
    return lines.join(u"; "_s);
}

} // namespace tidemark::test
