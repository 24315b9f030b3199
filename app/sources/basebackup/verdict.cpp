#include "basebackup/verdict.h"

#include "unpack/unpacker.h"
#include "values/pathtext.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

struct Verdict {
    ArtifactState state = ArtifactState::Complete;
    QString why;
};

QString several(qint64 count, const QString &what, const QByteArray &first)
{
    return count == 1 ? u"%1 %2"_s.arg(pathText(first), what)
                      : u"%1 and %2 more %3"_s.arg(pathText(first)).arg(count - 1).arg(what);
}

// Begun and left, as far as the listing tells; empty: nothing speaks for it.
QString unfinished(const BackupShape &shape, const BackupFacts &facts)
{
    if (shape.file("backup_manifest.tmp"))
        return u"backup_manifest.tmp was never renamed"_s;
    if (shape.tar && !shape.tarNamed("base"))
        return u"base.tar is missing"_s;
    if (shape.tar)
        return {};
    if (!facts.labelThere && shape.file("postmaster.pid"))
        return u"postmaster.pid is there and backup_label is not: copied from a running server, or one itself"_s;
    if (!facts.labelThere)
        return u"backup_label is missing"_s;
    if (!shape.file("global/pg_control") && !facts.manifest)
        return u"global/pg_control, which is copied last, is missing"_s;
    return {};
}

QString damage(const BackupFacts &facts)
{
    if (facts.manifestError)
        return facts.manifestError->detail;
    if (facts.contents && !facts.contents->none())
        return facts.contents->words();
    if (facts.listed && !facts.listed->none())
        return facts.listed->words();
    if (facts.labelThere && !facts.label)
        return u"backup_label cannot be read"_s;
    return {};
}

Verdict judge(const BackupShape &shape, const BackupFacts &facts, Instant now)
{
    if (const QString why = unfinished(shape, facts); !why.isEmpty()) {
        const bool running = shape.sum.newest + StillWritten > now;
        return { running ? ArtifactState::Running : ArtifactState::Unfinished, why };
    }
    if (const QString why = damage(facts); !why.isEmpty())
        return { ArtifactState::Damaged, why };
    if (!facts.label && shape.tar)
        return { ArtifactState::Damaged, u"base.tar holds no backup_label"_s };
    return {};
}

QString listedWords(const BackupFacts &facts)
{
    if (!facts.listed->none())
        return facts.listed->words();
    if (facts.sizesOnly)
        return u"label and manifest read, and the sizes of the archives"_s;
    return u"%1 files as in backup_manifest"_s.arg(facts.manifest->files.size());
}

QString contentsWords(const BackupFacts &facts)
{
    return facts.contents->none() ? u"%1 files agree with their checksums"_s.arg(facts.manifest->files.size())
                                  : facts.contents->words();
}

std::vector<Check> checksOf(const BackupFacts &facts, Instant now)
{
    std::vector<Check> checks;
    if (facts.manifestError)
        checks.push_back({ CheckKind::Structure, false, now, facts.manifestError->detail });
    else if (facts.listed)
        checks.push_back({ CheckKind::Structure, facts.listed->none(), now, listedWords(facts) });
    if (facts.contents)
        checks.push_back({ CheckKind::Contents, facts.contents->none(), now, contentsWords(facts) });
    return checks;
}

QString compressionOf(const BackupShape &shape)
{
    const HostEntry *base = shape.tarNamed("base");
    return base ? packingName(packingOfName(base->path)) : QString();
}

void tellLabel(const BackupFacts &facts, Artifact &artifact)
{
    if (!facts.label)
        return;
    artifact.startLsn = facts.label->start;
    artifact.timeline = facts.label->timeline;
    artifact.start = facts.label->started;
    artifact.method = facts.label->incrementalFrom ? Method::Incremental : Method::Full;
    artifact.notes.insert(u"label"_s, facts.label->label);
    if (!facts.label->from.isEmpty())
        artifact.notes.insert(u"from"_s, facts.label->from);
    if (facts.label->incrementalFrom)
        artifact.notes.insert(u"incremental from"_s, facts.label->incrementalFrom->toString());
}

void tellManifest(const BackupShape &shape, const BackupFacts &facts, Artifact &artifact)
{
    artifact.hasManifest = facts.manifest.has_value() || facts.manifestError.has_value();
    if (!facts.manifest)
        return;
    artifact.systemId = facts.manifest->systemId;
    artifact.size = Bytes { facts.manifest->size };
    if (!facts.manifest->ranges.empty()) {
        const auto last = std::ranges::max_element(facts.manifest->ranges, {}, &BackupManifest::Range::end);
        artifact.stopLsn = last->end;
    }
    // "2026-11-20 12:19:35 GMT", of the label, which is written when the backup begins.
    if (!artifact.start)
        artifact.start = Instant::parse(facts.manifest->started.section(u' ', 0, 1) + u"+00"_s);
    const HostEntry *manifest = shape.file("backup_manifest");
    if (manifest && (!artifact.start || manifest->modified >= *artifact.start))
        artifact.stop = manifest->modified;
}

} // namespace

const QByteArrayList &tellingFiles()
{
    static const QByteArrayList names { "backup_label", "tablespace_map", "PG_VERSION", "global/pg_control" };
    return names;
}

void BackupFacts::tell(const QByteArray &name, const QByteArray &bytes)
{
    if (name == "backup_label") {
        labelThere = true;
        label = readLabel(bytes);
    } else if (name == "tablespace_map") {
        tablespaces = readTablespaceMap(bytes);
    } else if (name == "PG_VERSION") {
        major = bytes.trimmed().toInt();
    } else {
        control = readControlHead(bytes);
    }
}

QString Differences::words() const
{
    if (!unreadable.isEmpty())
        return unreadable;
    if (missing > 0)
        return several(missing, missing == 1 ? u"is missing"_s : u"are missing"_s, firstMissing);
    if (otherSize > 0)
        return several(
            otherSize, otherSize == 1 ? u"has another size"_s : u"have another size"_s, firstOtherSize);
    if (otherContent > 0)
        return several(otherContent,
            otherContent == 1 ? u"does not agree with its checksum"_s
                              : u"do not agree with their checksums"_s,
            firstOtherContent);
    return {};
}

Artifact artifactOf(const BackupShape &shape, const BackupFacts &facts, Instant now)
{
    Artifact artifact;
    artifact.kind = ArtifactKind::BaseBackup;
    artifact.id = shape.path.isEmpty() ? u"."_s : pathText(shape.path);
    artifact.part = pathText(shape.path.left(std::max<qsizetype>(0, shape.path.lastIndexOf('/'))));
    const Verdict verdict = judge(shape, facts, now);
    artifact.state = verdict.state;
    artifact.why = verdict.why;
    artifact.format = shape.tar ? u"tar"_s : u"plain"_s;
    artifact.compression = compressionOf(shape);
    artifact.stored = Bytes { shape.sum.bytes };
    if (!shape.tar)
        artifact.size = artifact.stored;
    tellLabel(facts, artifact);
    tellManifest(shape, facts, artifact);
    if (!artifact.systemId && facts.control)
        artifact.systemId = facts.control->systemId;
    artifact.serverVersion = (facts.major > 0        ? facts.major
                                     : facts.control ? facts.control->major
                                                     : 0)
        * 10'000;
    artifact.tablespaces = facts.tablespaces;
    artifact.carriesWal = facts.carriesWal;
    artifact.checks = checksOf(facts, now);
    return artifact;
}

} // namespace tidemark
