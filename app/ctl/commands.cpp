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

static Option offline()
{
    return { u"offline"_s, {}, u"read nothing now; tell what was known last"_s };
}

static std::vector<Command> knowingTable()
{
    const QString reads
        = u"Reads the sources and servers first, unless --offline, and keeps what they tell. "_s;
    return {
        { u"sources"_s, u"[CLUSTER]"_s, 0, 1, u"the fleet's sources of backups and how reading them went"_s,
            reads
                + u"Warning: part of a source cannot be read, a source was never read, or nothing here reads "
                  u"its "
                  "kind. Critical: a source does not answer. Unknown: access is refused."_s,
            { fleet(), offline(), json() }, sources },
        { u"artifacts"_s, u"[CLUSTER]"_s, 0, 1, u"everything that can be restored from, newest first"_s,
            reads + u"Warning: there is none, or one is damaged."_s,
            { fleet(), offline(), { u"limit"_s, u"N"_s, u"show the newest N; 50 when missing, 0 for all"_s },
                json() },
            artifacts },
        { u"windows"_s, u"[CLUSTER]"_s, 0, 1, u"which instants can be restored, and how sure that is"_s,
            reads
                + u"Warning: what can be restored has ended, or only points can. Critical: nothing can be "
                  "restored. Unknown: no source of a cluster has been read."_s,
            { fleet(), offline(),
                { u"all"_s, {}, u"a line for each window and point; as stretches of time when missing"_s },
                json() },
            windows },
        { u"instant"_s, u"[CLUSTER]"_s, 0, 1,
            u"what one gets back for an instant, from what, and what is lost"_s,
            reads
                + u"Without --at it is about now. What brings back the whole cluster comes before what is "
                  u"newer "
                  "but brings back only a part of it. Warning: more than the RPO would be lost, without an "
                  u"RPO "
                  "anything, or only a part can be had. Critical: nothing of that instant or before can be "
                  "had. Unknown: no source of a cluster has been read."_s,
            { fleet(), offline(),
                { u"at"_s, u"TIME"_s, u"with its zone, 2026-11-18T16:20:00Z; now when missing"_s },
                { u"how"_s, {}, u"also the commands to type, and what to look at afterwards"_s }, json() },
            instant },
        { u"gaps"_s, u"[CLUSTER]"_s, 0, 1, u"which times cannot be restored, and why"_s,
            reads + u"Warning: a gap that has ended. Critical: one that lasts."_s,
            { fleet(), offline(), json() }, gaps },
        { u"risk"_s, u"[CLUSTER]"_s, 0, 1, u"what would be lost if the cluster died now"_s,
            reads
                + u"Warning: an RPO is kept by what was known longer ago than it allows. Critical: more is "
                  u"at risk "
                  "than an RPO allows, or nothing can be restored. Unknown: no source of a cluster has been "
                  "read."_s,
            { fleet(), offline(), json() }, risk },
        { u"findings"_s, u"[CLUSTER]"_s, 0, 1, u"what is wrong or missing, worst first"_s,
            reads
                + u"Warning: something asks for attention. Critical: something has failed. What a person "
                  u"accepted in the console is listed last and counts for nothing."_s,
            { fleet(), offline(), json() }, findings },
        { u"check"_s, u"CLUSTER"_s, 1, 1, u"one cluster as a check of a monitoring system, with perfdata"_s,
            reads
                + u"Prints one line in the form of monitoring plugins. Warning, critical and unknown as in "
                  u"risk and findings; the worst decides. What a person accepted counts for nothing. With "
                  u"--offline, unknown: nothing of the cluster was read for longer than --max-age."_s,
            { fleet(), offline(),
                { u"max-age"_s, u"DURATION"_s,
                    u"with --offline, how old what is known may be; 1h when missing"_s },
                json() },
            check },
        { u"calendar"_s, u"[CLUSTER]"_s, 0, 1, u"planned and past runs of the schedules, and what overlaps"_s,
            reads
                + u"Shows the week before and the week ahead. With --ical what is planned in the next 90 "
                  u"days, "
                  u"and the overlaps that are predicted, are written as iCalendar. Warning: a run is late or "
                  u"began late, "
                  u"ended with warnings, failed or was missed before a later one went well, or two overlap. "
                  u"Critical: the newest run of a schedule failed or was missed. What a person accepted "
                  u"counts for nothing."_s,
            { fleet(), offline(),
                { u"from"_s, u"TIME"_s, u"a date (UTC) or a time with its zone; a week ago when missing"_s },
                { u"to"_s, u"TIME"_s, u"where it ends; in a week when missing, with --ical in 90 days"_s },
                { u"ical"_s, u"FILE"_s,
                    u"write iCalendar to FILE, - for standard output instead of the table"_s },
                json() },
            calendar },
    };
}

static std::vector<Option> walOptions(const std::vector<Option> &own, bool names)
{
    std::vector<Option> options = own;
    if (names) {
        options.push_back(
            { u"cluster"_s, u"NAME"_s, u"name relations from the copy the console keeps of this cluster"_s });
        options.push_back(fleet());
        options.push_back({ u"names-from"_s, u"DIR"_s,
            u"name relations from the catalogues in this data folder of a plain base backup"_s });
    }
    options.push_back({ u"live"_s, {}, u"a server writes there: the log may end within a segment"_s });
    options.push_back(json());
    return options;
}

static std::vector<Command> walTable()
{
    const QString reads
        = u"PATH is a folder, with all below it, or a file; segments may be packed with gzip, lz4 or zstd. "
          u"Critical: a segment is damaged, foreign or missing; the remark tells the exact place, and "
          u"everything up to it is told. Warning: a timeline has no history file. Unknown: there is no WAL."_s;
    const Option minRows { u"min-rows"_s, u"N"_s,
        u"deleted or updated rows from which on a transaction is told; 100 when missing"_s };
    return {
        { u"wal stats"_s, u"PATH..."_s, 1, 1000, u"records, bytes and page images by resource manager"_s,
            u"Counts as pg_waldump --stats does. "_s + reads, walOptions({}, false), walStats },
        { u"wal events"_s, u"PATH..."_s, 1, 1000, u"dropped, truncated and mass changed relations in WAL"_s,
            u"Each event is a transaction; its name, TIMELINE:LSN, is what wal before takes. "_s + reads,
            walOptions(
                { { u"from"_s, u"TIME"_s, u"a date (UTC) or a time with its zone"_s },
                    { u"to"_s, u"TIME"_s, u"where it ends, this time excluded"_s },
                    { u"relation"_s, u"NAME"_s, u"only of this one: name, schema.name or file number"_s },
                    minRows,
                    { u"all"_s, {},
                        u"also what loses nothing: rewrites, changes, rolled back and prepared transactions, marks"_s } },
                true),
            walEvents },
        { u"wal histogram"_s, u"PATH..."_s, 1, 1000, u"commits and changed rows by time"_s, reads,
            walOptions({ { u"bucket"_s, u"DURATION"_s, u"how long each is; 1m when missing"_s } }, false),
            walHistogram },
        { u"wal before"_s, u"[EVENT] PATH..."_s, 1, 1000,
            u"the target to stop just before something, and how recovery ends"_s,
            u"EVENT as wal events names it, or one of --time, --lsn and --xid. Critical also: the WAL ends "
            u"before the "
            u"target. Warning also: commits with an earlier time are lost. "_s
                + reads,
            walOptions({ { u"time"_s, u"TIME"_s, u"just before this time, with its zone"_s },
                           { u"lsn"_s, u"LSN"_s, u"just before the record at this place"_s },
                           { u"xid"_s, u"N"_s, u"just before this transaction ends"_s },
                           { u"timeline"_s, u"N"_s,
                               u"recover along this one; the newest that holds the event when missing"_s } },
                false),
            walBefore },
        { u"wal check"_s, u"PATH..."_s, 1, 1000,
            u"is the WAL whole: checksums, gaps, foreign and cut segments"_s, reads, walOptions({}, false),
            walCheck },
    };
}

static std::vector<Command> sessionTable()
{
    const QString levels = u"Warning: it is not over, or a step was left out. Critical: a step failed or was "
                           u"lost, it was aborted, "
                           u"or its journal was changed."_s;
    const QString goesOn = u"Ending this program does not end the step under way: it goes on on its host, "
                           u"and session resume takes "
                           u"it up again. "_s
        + levels;
    return {
        { u"recover plan"_s, {}, 0, 0, u"the steps that bring a cluster back to a moment, beside it"_s,
            u"Changes nothing. Plans from plain base backups in folders and an archive of WAL beside them; "
            u"the copy "
            u"runs on a private socket, without archiving, and waits at the target, read-only. The moment is "
            u"that just "
            u"before what --to names, on a timeline as a number. --json is what session run takes. Critical: "
            u"there is "
            u"no plan, with what is in the way."_s,
            { fleet(), offline(), { u"cluster"_s, u"NAME"_s, u"which one"_s },
                { u"to"_s, u"TARGET"_s, u"an LSN, a time with its zone, xid:N, name:POINT, or end"_s },
                { u"into"_s, u"DIR"_s, u"new directory on the machine that has the backup"_s },
                { u"port"_s, u"N"_s, u"of the copy; 54329 when missing"_s },
                { u"timeline"_s, u"N"_s, u"recover along this one; the newest when missing"_s },
                { u"binaries"_s, u"DIR"_s,
                    u"PostgreSQL's programs there; Debian's folder of the version when missing"_s },
                { u"open"_s, {}, u"end recovery at last, after the cluster's name was typed"_s },
                { u"script"_s, {}, u"as a bash script that runs by itself"_s },
                { u"markdown"_s, {}, u"as a text to read, with every script"_s }, json() },
            recoverPlan },
        { u"session run"_s, u"PLAN"_s, 1, 1, u"run a procedure that recover plan --json wrote"_s,
            u"Runs step by step until it is over or a person is needed. "_s + goesOn, { json() },
            sessionRun },
        { u"session resume"_s, u"ID"_s, 1, 1, u"go on with a session, with what a person decided"_s,
            u"What was under way is looked for first and never done twice. "_s + goesOn,
            { { u"confirm"_s, u"TEXT"_s,
                  u"the step that waits may go on: what is to be typed, or what was done"_s },
                { u"retry"_s, {}, u"do the step that failed or was lost once more"_s },
                { u"done"_s, u"WHAT"_s, u"the step was done by hand: what was done"_s },
                { u"skip"_s, u"REASON"_s, u"leave the step out; the session is not complete then"_s },
                json() },
            sessionResume },
        { u"session status"_s, u"ID"_s, 1, 1, u"where a session stands, step by step"_s, levels, { json() },
            sessionStatus },
        { u"session abort"_s, u"ID"_s, 1, 1,
            u"end a session and the step under way, and tell what stays behind"_s,
            u"Critical: it is aborted."_s, { { u"reason"_s, u"TEXT"_s, u"why"_s }, json() }, sessionAbort },
        { u"session undo"_s, u"ID"_s, 1, 1, u"begin a session that takes back what another one made"_s,
            u"Of one that is over. Waits for the cluster's name before it removes anything. Unknown: there "
            u"is nothing "
            u"that can be taken back. "_s
                + goesOn,
            { json() }, sessionUndo },
        { u"session hand-over"_s, u"ID TO"_s, 2, 2, u"a person goes on outside; resume takes it back"_s,
            levels, { json() }, sessionHandOver },
        { u"session note"_s, u"ID TEXT"_s, 2, 2, u"write a note into a session's journal"_s, levels,
            { json() }, sessionNote },
        { u"session list"_s, {}, 0, 0, u"all sessions, newest first"_s,
            u"The worst of those that are not over decides. "_s + levels, { json() }, sessionList },
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
    for (const auto &more : { knowingTable(), walTable(), sessionTable(), pbsTable(), labTable() })
        all.insert(all.end(), more.begin(), more.end());
    return all;
}

const std::vector<Command> &commands()
{
    static const std::vector<Command> table = allCommands();
    return table;
}

} // namespace tidemark::ctl
