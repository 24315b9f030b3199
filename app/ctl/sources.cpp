#include "ctl/commands.h"
#include "ctl/look.h"
#include "ctl/words.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tidemark::ctl {

namespace {

// The words of the fleet file.
QString kindWord(SourceKind kind)
{
    static const QMap<SourceKind, QString> words { { SourceKind::Pbs, u"pbs"_s },
        { SourceKind::PgBackRest, u"pgbackrest"_s }, { SourceKind::Barman, u"barman"_s },
        { SourceKind::BaseBackups, u"basebackups"_s }, { SourceKind::Dumps, u"dumps"_s },
        { SourceKind::WalArchive, u"wal-archive"_s }, { SourceKind::Metadata, u"metadata"_s },
        { SourceKind::Standby, u"standby"_s }, { SourceKind::S3, u"s3"_s },
        { SourceKind::Glacier, u"glacier"_s }, { SourceKind::AzureBlob, u"azure-blob"_s },
        { SourceKind::Rds, u"rds"_s }, { SourceKind::AzurePostgres, u"azure-postgres"_s },
        { SourceKind::Veeam, u"veeam"_s }, { SourceKind::KubernetesSnapshots, u"kubernetes-snapshots"_s },
        { SourceKind::MongoDump, u"mongodump"_s } };
    return words.value(kind, u"other"_s);
}

struct Row {
    Source source;
    SourceReading reading;
    const SourceFacts *facts = nullptr;
    qint64 artifacts = 0;
    std::optional<Instant> newest;
    bool readable = true;
};

void count(Row &row, qint32 source, const std::vector<ArtifactFact> &artifacts)
{
    for (const ArtifactFact &fact : artifacts) {
        if (fact.source != source)
            continue;
        ++row.artifacts;
        row.newest = std::max(row.newest, fact.stop);
    }
}

Row rowOf(const Look &look, std::size_t index, const Tools &tools)
{
    Row row { .source = look.fleet.sources[index], .facts = &look.facts.sources[index] };
    const auto reading = std::ranges::find(look.readings, row.source.name, &SourceReading::source);
    if (reading != look.readings.end())
        row.reading = *reading;
    row.readable = tools.makeSource(row.source, look.fleet) != nullptr;
    const auto i = static_cast<qint32>(index);
    for (const ClusterFacts &cluster : look.facts.clusters)
        count(row, i, cluster.artifacts);
    count(row, i, look.facts.strays);
    return row;
}

void addRemarks(std::vector<Remark> &remarks, const Row &row)
{
    const QString &name = row.source.name;
    if (!row.readable)
        remarks.push_back(
            { Level::Warning, name, u"sources of kind %1 cannot be read"_s.arg(kindWord(row.source.kind)) });
    else if (row.reading.error)
        remarks.push_back({ levelOf(*row.reading.error), name, errorWords(*row.reading.error) });
    else if (!row.reading.readAt)
        remarks.push_back({ Level::Warning, name, u"was never read"_s });
    for (const SourceTrouble &trouble : row.facts->troubles) {
        const QString part = trouble.part.isEmpty() ? QString() : safe(trouble.part) + u": "_s;
        remarks.push_back({ Level::Warning, name, part + errorWords(trouble.error) });
    }
}

QJsonArray troublesJson(const std::vector<SourceTrouble> &troubles)
{
    QJsonArray array;
    for (const SourceTrouble &trouble : troubles)
        array << QJsonObject { { u"part"_s, orNull(trouble.part) }, { u"code"_s, trouble.error.code },
            { u"detail"_s, trouble.error.detail } };
    return array;
}

QJsonObject jsonOf(const Row &row, Level level)
{
    return { { u"name"_s, row.source.name }, { u"kind"_s, kindWord(row.source.kind) },
        { u"clusters"_s, QJsonArray::fromStringList(row.source.clusters) }, { u"status"_s, levelWord(level) },
        { u"readable"_s, row.readable }, { u"readAt"_s, orNull(row.reading.readAt) },
        { u"triedAt"_s, orNull(row.reading.triedAt) }, { u"error"_s, errorJson(row.reading.error) },
        { u"artifacts"_s, row.artifacts }, { u"newest"_s, orNull(row.newest) },
        { u"troubles"_s, troublesJson(row.facts->troubles) } };
}

Answer answerFor(const Look &look, const Tools &tools)
{
    Shown shown { .heads = { u"SOURCE"_s, u"KIND"_s, u"STATUS"_s, u"READ"_s, u"ARTIFACTS"_s, u"NEWEST"_s },
        .key = u"sources"_s,
        .remarks = look.remarks };
    int well = 0;
    for (std::size_t i = 0; i < look.fleet.sources.size(); ++i) {
        if (!look.concerns(look.fleet.sources[i]))
            continue;
        const Row row = rowOf(look, i, tools);
        std::vector<Remark> remarks;
        addRemarks(remarks, row);
        const Level level = worst(remarks);
        well += level == Level::Ok ? 1 : 0;
        shown.rows << QStringList { safe(row.source.name), kindWord(row.source.kind), levelWord(level),
            timeWords(row.reading.readAt), QString::number(row.artifacts), timeWords(row.newest) };
        shown.list << jsonOf(row, level);
        shown.remarks.insert(shown.remarks.end(), remarks.begin(), remarks.end());
    }
    shown.summary = u"%1 of %2 sources are read and whole"_s.arg(well).arg(shown.rows.size());
    return answerOf(look, std::move(shown));
}

} // namespace

QCoro::Task<Answer> sources(Call call, Tools tools, std::stop_token stop)
{
    const auto seen = co_await look(call, tools, stop);
    if (!seen)
        co_return failed(seen.error());
    co_return answerFor(*seen, tools);
}

} // namespace tidemark::ctl
