#include "ctl/fleets.h"

#include "ctl/words.h"
#include "insight/findings.h"
#include "values/duration.h"

#include <QJsonArray>
#include <QTimeZone>

using namespace Qt::StringLiterals;

namespace tidemark::ctl {

QString fleetPath(const Call &call, const Tools &tools)
{
    return call.has(u"fleet"_s) ? call.options[u"fleet"_s] : tools.defaultFleet;
}

QCoro::Task<Result<Fleet>> fleetOf(Call call, Tools tools, std::stop_token stop)
{
    const QString path = fleetPath(call, tools);
    auto loaded = co_await tools.fleetFile->load(path, stop);
    if (!loaded && loaded.error().code == "fleet.invalid"_L1)
        loaded.error().detail = path + u": "_s + loaded.error().detail.section(u'\n', 0, 0);
    if (!loaded)
        co_return tl::unexpected(loaded.error());
    co_return std::move(loaded->fleet);
}

Result<std::vector<Source>> backupServersOf(const Fleet &fleet, const Call &call)
{
    std::vector<Source> found;
    const QString wanted = call.operands.value(0);
    for (const Source &source : fleet.sources) {
        const bool asked = wanted.isEmpty() || source.name == wanted;
        if (asked && source.kind == SourceKind::Pbs)
            found.push_back(source);
    }
    if (found.empty() && !wanted.isEmpty())
        return failure(
            ErrorKind::NotFound, u"ctl.no-such-source"_s, u"no source of kind pbs named "_s + wanted);
    if (found.empty())
        return failure(
            ErrorKind::NotFound, u"ctl.no-such-source"_s, u"the fleet has no source of kind pbs"_s);
    return found;
}

Result<int> numberOption(const Call &call, const QString &name, int fallback)
{
    if (!call.has(name))
        return fallback;
    bool good = false;
    const int value = call.options[name].toInt(&good);
    if (!good || value < 0)
        return failure(ErrorKind::Invalid, u"ctl.usage"_s, u"--%1 must be a number"_s.arg(name));
    return value;
}

Result<std::optional<std::chrono::seconds>> durationOption(const Call &call, const QString &name)
{
    if (!call.has(name))
        return std::optional<std::chrono::seconds>();
    const auto value = parseDuration(call.options[name]);
    if (!value)
        return failure(
            ErrorKind::Invalid, u"ctl.usage"_s, u"--%1 must be a duration such as 26h"_s.arg(name));
    return std::optional(*value);
}

Level levelOf(const Error &error)
{
    const bool answerIsNo = isRefusal(error) && !isCertificateError(error);
    return answerIsNo || error.kind == ErrorKind::Invalid ? Level::Unknown : Level::Critical;
}

Level levelOf(const Finding &finding)
{
    if (finding.error)
        return levelOf(*finding.error);
    return finding.severity == Severity::Failed ? Level::Critical : Level::Warning;
}

std::vector<Remark> remarksOn(const Fleet &fleet, const FleetState &state, Instant now)
{
    std::vector<Remark> remarks;
    for (const Finding &finding : findingsOfAnswers(fleet, state, now))
        remarks.push_back({ levelOf(finding), finding.cluster.isEmpty() ? finding.source : finding.cluster,
            findingWords(finding) });
    return remarks;
}

QString remarkLines(const std::vector<Remark> &remarks)
{
    QString lines;
    for (const Remark &remark : remarks)
        lines += u"%1: %2: %3\n"_s.arg(levelWord(remark.level), safe(remark.subject), remark.text);
    return lines;
}

QJsonArray remarksJson(const std::vector<Remark> &remarks)
{
    QJsonArray array;
    for (const Remark &remark : remarks)
        array << QJsonObject { { u"status"_s, levelWord(remark.level) }, { u"subject"_s, remark.subject },
            { u"text"_s, remark.text } };
    return array;
}

Level worst(const std::vector<Remark> &remarks)
{
    Level level = Level::Ok;
    for (const Remark &remark : remarks)
        level = worse(level, remark.level);
    return level;
}

Result<Instant> timeOption(const Call &call, const QString &name, Instant fallback)
{
    if (!call.has(name))
        return fallback;
    const QString text = call.options[name];
    if (const QDate date = QDate::fromString(text, Qt::ISODate); date.isValid() && text.size() == 10)
        return Instant::fromSeconds(date.startOfDay(QTimeZone::utc()).toSecsSinceEpoch());
    const auto time = Instant::parse(text);
    if (!time)
        return failure(ErrorKind::Invalid, u"ctl.usage"_s,
            u"--%1 must be a date such as 2026-11-18 or a time with its zone such as 2026-11-18T02:00Z"_s.arg(
                name));
    return *time;
}

QJsonObject heading(Level level, const QString &summary, const QString &fleet, Instant now)
{
    return { { u"status"_s, levelWord(level) }, { u"summary"_s, summary }, { u"fleet"_s, fleet },
        { u"checkedAt"_s, now.toIso() } };
}

QJsonValue orNull(const QString &text)
{
    return text.isEmpty() ? QJsonValue() : QJsonValue(text);
}

QJsonValue orNull(const std::optional<Instant> &time)
{
    return time ? QJsonValue(time->toIso()) : QJsonValue();
}

QJsonValue orNull(const std::optional<Bytes> &size)
{
    return size ? QJsonValue(size->count) : QJsonValue();
}

QJsonValue errorJson(const std::optional<Error> &error)
{
    if (!error)
        return {};
    return QJsonObject { { u"code"_s, error->code }, { u"detail"_s, error->detail } };
}

QJsonArray missingJson(const std::vector<MissingRight> &missing)
{
    QJsonArray array;
    for (const MissingRight &right : missing)
        array << QJsonObject { { u"what"_s, right.what }, { u"grant"_s, right.grant } };
    return array;
}

} // namespace tidemark::ctl
