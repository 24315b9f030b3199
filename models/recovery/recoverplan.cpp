#include "recovery/recoverplan.h"

#include "recovery/recipe.h"
#include "recovery/sidescripts.h"

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

constexpr qsizetype LongestSocket = 107; // of a Unix socket's path
const QString Restored = u"the restored copy in %1"_s;

class Obstacles
{
public:
    Obstacles(const RecoverRequest &request, const RecoverFacts &facts, const WalTarget &target)
        : m_request(request)
        , m_facts(facts)
        , m_target(target)
    {
    }
    std::vector<Obstacle> all()
    {
        place();
        backup();
        target();
        return std::move(m_all);
    }

private:
    void add(const QString &what, const QString &remedy) { m_all.push_back({ what, remedy }); }
    void place()
    {
        const QString &directory = m_request.directory;
        if (!directory.startsWith(u'/') || directory == u"/" || directory.contains(u'\n'))
            return add(u"\"%1\" is no directory to restore to"_s.arg(directory), u"name it from / on"_s);
        if ((directory + u"/tidemark/socket/.s.PGSQL.65535"_s).toUtf8().size() > LongestSocket)
            add(u"the path %1 is too long for a server's socket below it"_s.arg(directory),
                u"choose a path of at most %1 bytes"_s.arg(LongestSocket - 31));
        if (m_request.port < 1 || m_request.port > 65535)
            add(u"the copy has no port"_s, u"choose one from 1 to 65535 that no server uses"_s);
        if (!m_request.binaries.startsWith(u'/'))
            add(u"it is not known where PostgreSQL's programs are"_s,
                u"name their folder, such as /usr/lib/postgresql/15/bin"_s);
    }
    void backup()
    {
        if (m_facts.chain.empty())
            return add(u"no base backup leads to this moment"_s, u"choose a moment inside a window"_s);
        const Artifact &last = m_facts.chain.back();
        if (last.kind != ArtifactKind::BaseBackup || m_facts.from.kind != SourceKind::BaseBackups
            || m_facts.chain.size() > 1 || last.encrypted)
            return add(u"%1 is not a full backup of pg_basebackup in a folder"_s.arg(last.id),
                u"follow the commands of \"instant --how\" by hand"_s);
        if (!last.tablespaces.isEmpty())
            add(u"%1 has tablespaces"_s.arg(last.id), u"their places have to be mapped by hand"_s);
        if (m_facts.from.host != m_request.host.name)
            add(u"the backup is on %1, not on %2"_s.arg(
                    nameOf(m_facts.from.host), nameOf(m_request.host.name)),
                u"restore on the machine that has it"_s);
        if (m_facts.walFolder.isEmpty())
            add(u"no archive with the WAL is known as a folder on that machine"_s,
                u"name the archive in the fleet file"_s);
    }
    void target()
    {
        if (m_target.kind == WalTarget::Kind::Latest)
            return add(u"where the WAL ends is not known"_s, u"read the WAL first, or choose a moment"_s);
        if (m_facts.prediction && !m_facts.prediction->reached)
            add(u"the WAL ends before this target: the server would not open"_s,
                u"choose a moment before the last commit"_s);
        if (m_facts.chain.empty() || !m_facts.chain.back().stopLsn || m_target.kind != WalTarget::Kind::Lsn)
            return;
        const Lsn stop = *m_facts.chain.back().stopLsn;
        if (m_target.lsn <= stop)
            add(u"%1 is before %2, where the backup %3 ends"_s.arg(
                    m_target.lsn.toString(), stop.toString(), m_facts.chain.back().id),
                u"choose an older backup or a later moment"_s);
    }
    static QString nameOf(const QString &host) { return host.isEmpty() ? u"this machine"_s : host; }

    const RecoverRequest &m_request;
    const RecoverFacts &m_facts;
    const WalTarget &m_target;
    std::vector<Obstacle> m_all;
};

QString targetWords(const WalTarget &target)
{
    const QString side = target.inclusive ? u"including "_s : u"just before "_s;
    const QString line = u", timeline %1"_s.arg(target.timeline.value);
    switch (target.kind) {
    case WalTarget::Kind::Lsn:
        return side + target.lsn.toString() + line;
    case WalTarget::Kind::Time:
        return side + targetTime(target.at) + line;
    case WalTarget::Kind::Xid:
        return side + u"transaction %1"_s.arg(target.xid) + line;
    case WalTarget::Kind::Name:
        return u"restore point "_s + target.name + line;
    case WalTarget::Kind::Latest:
        break;
    }
    return u"the end of the WAL"_s + line;
}

class Steps
{
public:
    Steps(const RecoverRequest &request, const SideScripts &scripts)
        : m_request(request)
        , m_scripts(scripts)
    {
    }
    std::vector<Step> made(const Artifact &base, const WalTarget &target)
    {
        check(base);
        restore(base);
        recover(target);
        if (m_request.open)
            open();
        return std::move(m_steps);
    }

private:
    Step &add(
        const QString &phase, const QString &id, const QString &title, StepKind kind, const QString &script)
    {
        Step step;
        step.phase = phase;
        step.id = id;
        step.title = title;
        step.kind = kind;
        step.host = m_request.host.name;
        step.command = script;
        m_steps.push_back(step);
        return m_steps.back();
    }
    void check(const Artifact &base)
    {
        const QString phase = u"Check first"_s;
        add(phase, u"check.place"_s, u"Room, rights and port for the copy"_s, StepKind::Check,
            m_scripts.checkPlace())
            .why
            = u"A restore that runs out of disk, or into another cluster's directory, is found out here and not at 80 %."_s;
        add(phase, u"check.backup"_s, u"Backup %1 and its WAL are there"_s.arg(base.id), StepKind::Check,
            m_scripts.checkBackup())
            .why
            = u"It is the newest backup that ended before the target: the least WAL to replay."_s;
    }
    void restore(const Artifact &base)
    {
        const QString phase = u"Restore"_s;
        Step &copy = add(phase, u"restore.copy"_s, u"Copy the backup"_s, StepKind::Command, m_scripts.copy());
        copy.why = u"Files of %1, into a directory of its own; the cluster is not touched."_s.arg(base.id);
        copy.leaves = Restored.arg(m_request.directory);
        copy.undo = m_scripts.remove();
        Step &configure = add(phase, u"restore.configure"_s, u"Give it a configuration of its own"_s,
            StepKind::Command, m_scripts.configure());
        configure.why
            = u"A copy that archives, or follows the primary, damages what it was made to save. Its own "
              u"settings are whole; what came with the backup is kept aside."_s;
        add(phase, u"restore.settings"_s, u"Read the settings back"_s, StepKind::Check,
            m_scripts.checkSettings())
            .why
            = u"The server itself says what is in force, and the archive is asked for a real and an impossible segment."_s;
    }
    void recover(const WalTarget &target)
    {
        const QString phase = u"Replay and prove"_s;
        Step &start
            = add(phase, u"replay.start"_s, u"Start the copy"_s, StepKind::Command, m_scripts.start());
        start.why = u"On a socket that only this account reaches, without network."_s;
        start.repeat = Repeatability::LookFirst;
        start.look = m_scripts.lookStarted();
        start.undo = m_scripts.stop();
        start.leaves
            = u"a server on port %1, socket in %2"_s.arg(m_request.port).arg(m_scripts.socketFolder());
        add(phase, u"replay.wait"_s, u"Replay WAL to the target"_s, StepKind::Wait, m_scripts.wait()).why
            = u"It has come true when the server waits at %1; a server that ends or opens before is a failure."_s
                  .arg(targetWords(target));
        add(phase, u"replay.prove"_s, u"Prove that the target was reached"_s, StepKind::Check,
            m_scripts.prove())
            .why
            = u"Exit codes prove nothing: the last commit replayed, the timeline and read-only are asked of the server."_s;
    }
    void open()
    {
        const QString phase = u"Open it"_s;
        Step &ask = add(phase, u"open.confirm"_s, u"Open the copy"_s, StepKind::Confirm, {});
        ask.why
            = u"Look at the data first. Opening ends recovery on a new timeline; it cannot go on to a later moment then."_s;
        ask.typed = m_request.cluster;
        ask.host.clear();
        Step &promote
            = add(phase, u"open.promote"_s, u"End recovery"_s, StepKind::Command, m_scripts.promote());
        promote.repeat = Repeatability::LookFirst;
        promote.look = m_scripts.lookPromoted();
        promote.danger = Danger::Interrupts;
        promote.why = u"The copy becomes a server of its own, still without archiving."_s;
        add(phase, u"open.check"_s, u"It is open, on a new timeline of the right parent"_s, StepKind::Check,
            m_scripts.checkOpen())
            .why
            = u"A copy that followed another branch is told here."_s;
    }

    const RecoverRequest &m_request;
    const SideScripts &m_scripts;
    std::vector<Step> m_steps;
};

} // namespace

WalTarget exactTarget(const WalTarget &target, const std::optional<WalPrediction> &prediction)
{
    const bool exact = target.kind == WalTarget::Kind::Lsn || target.kind == WalTarget::Kind::Name;
    if (exact || !prediction || (!prediction->firstLost && !prediction->last))
        return target;
    WalTarget made;
    made.kind = WalTarget::Kind::Lsn;
    made.timeline = target.timeline;
    made.inclusive = !prediction->firstLost;
    made.lsn = prediction->firstLost ? prediction->firstLost->lsn : prediction->last->lsn;
    return made;
}

RecoverPlan planBeside(const RecoverRequest &request, const RecoverFacts &facts)
{
    const WalTarget target = exactTarget(request.target, facts.prediction);
    auto obstacles = Obstacles(request, facts, target).all();
    if (!obstacles.empty())
        return tl::unexpected(std::move(obstacles));
    const Artifact &base = facts.chain.back();
    const SideScripts scripts(request, facts, target);
    Procedure procedure;
    procedure.kind = u"recover"_s;
    procedure.title = u"Recover %1 beside it"_s.arg(request.cluster);
    procedure.cluster = request.cluster;
    procedure.environment = request.environment;
    if (!request.host.name.isEmpty())
        procedure.hosts = { request.host };
    procedure.facts = { { u"target"_s, targetWords(target) }, { u"backup"_s, base.id },
        { u"why this backup"_s, u"the newest that ended before the target"_s },
        { u"directory"_s, request.directory }, { u"port"_s, QString::number(request.port) },
        { u"socket"_s, scripts.socketFolder() }, { u"last segment"_s, facts.lastSegment } };
    if (facts.prediction && facts.prediction->last)
        procedure.facts.insert(u"last commit kept"_s,
            u"%1 at %2"_s.arg(
                facts.prediction->last->lsn.toString(), targetTime(facts.prediction->last->at)));
    if (facts.prediction && facts.prediction->firstLost)
        procedure.facts.insert(u"first commit lost"_s,
            u"%1 at %2"_s.arg(
                facts.prediction->firstLost->lsn.toString(), targetTime(facts.prediction->firstLost->at)));
    procedure.steps = Steps(request, scripts).made(base, target);
    return procedure;
}

} // namespace tidemark
