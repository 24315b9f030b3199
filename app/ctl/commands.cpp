#include "ctl/commands.h"

using namespace Qt::StringLiterals;

namespace tidemark::ctl {

static Option json()
{
    return { u"json"_s, {}, u"answer as JSON with the keys of docs/tidemarkctl.md"_s };
}

static Option fleet()
{
    return { u"fleet"_s, u"FILE"_s,
        u"fleet file; tidemark/fleet.yaml in the XDG configuration folder when missing"_s };
}

static std::vector<Command> labTable()
{
    const QString more = u"Runs the program tidemark-lab that lies beside this one."_s;
    return {
        { u"lab up"_s, u"DIR"_s, 1, 1, u"build and start the practice lab in DIR"_s,
            more + u" Critical: it could not be started."_s, { json() }, labUp },
        { u"lab down"_s, u"DIR"_s, 1, 1, u"stop the practice lab in DIR and remove it"_s,
            more + u" Critical: it could not be removed."_s, { json() }, labDown },
        { u"lab status"_s, u"DIR"_s, 1, 1, u"tell what of the practice lab in DIR runs"_s,
            more + u" Warning: parts are stopped. Critical: parts are broken."_s, { json() }, labStatus },
    };
}

static std::vector<Command> pbsTable()
{
    return {
        { u"pbs datastores"_s, u"[SOURCE]"_s, 0, 1, u"usage and state of the backup servers' datastores"_s,
            u"Warning: a datastore is 85 % full, beyond the source's max_used, under maintenance, or rights "
            u"are "
            "missing. Critical: a server does not answer, shows another certificate, or a datastore cannot "
            "be "
            "read or is 95 % full. Unknown: access is refused."_s,
            { fleet(), json() }, pbsDatastores },
        { u"pbs snapshots"_s, u"[SOURCE]"_s, 0, 1, u"backups on the backup servers, newest first"_s,
            u"Warning: there is none, the list is not complete, or a backup has not finished. Critical: a "
            u"server "
            "does not answer, a verification failed, or a group's newest finished backup is older than "
            "--max-age (the source's rpo when missing). Unknown: access is refused."_s,
            { fleet(), { u"max-age"_s, u"DURATION"_s, u"oldest age of each group's newest backup: 26h"_s },
                { u"limit"_s, u"N"_s, u"show the newest N of each source; all when missing"_s }, json() },
            pbsSnapshots },
        { u"pbs tasks"_s, u"[SOURCE]"_s, 0, 1, u"tasks of the backup servers, newest first"_s,
            u"Warning: a task ended with warnings, or the list is not complete. Critical: a server does not "
            "answer or a task failed. Unknown: access is refused, or a task's end is not known."_s,
            { fleet(), { u"since"_s, u"DURATION"_s, u"how far back; 24h when missing"_s },
                { u"trouble"_s, {}, u"only tasks that did not end well"_s },
                { u"limit"_s, u"N"_s, u"at most N of each source; 50 when missing, 0 for all"_s }, json() },
            pbsTasks },
    };
}

static std::vector<Command> allCommands()
{
    std::vector<Command> all {
        { u"fleet check"_s, u"FILE"_s, 1, 1, u"tell every mistake of a fleet file"_s,
            u"Warning: the file can be used, with remarks. Critical: it has mistakes. Unknown: it cannot be "
            "read."_s,
            { json() }, fleetCheck },
        { u"servers"_s, u"[CLUSTER...]"_s, 0, 1000, u"ask the fleet's PostgreSQL servers how they are"_s,
            u"Warning: rights are missing, archiving is off though an RPO is promised, or no environment is "
            u"set. "
            "Critical: a server does not answer, or its WAL archiving fails. Unknown: access is refused, or "
            "a "
            "cluster has no connection."_s,
            { fleet(), json() }, servers },
    };
    for (const auto &more : { pbsTable(), labTable() })
        all.insert(all.end(), more.begin(), more.end());
    return all;
}

const std::vector<Command> &commands()
{
    static const std::vector<Command> table = allCommands();
    return table;
}

} // namespace tidemark::ctl
