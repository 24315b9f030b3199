#include "fleetfile/meaning.h"

#include "fleetfile/kinds.h"
#include "yaml/screen.h"

using namespace Qt::StringLiterals;

namespace tidemark::fleetfile {

using yaml::Node;
using yaml::problemAt;

namespace {

QString textOf(const Node &map, const QString &key)
{
    const Node *node = map.find(key);
    return node ? node->text : QString();
}

const std::vector<Node> &itemsOf(const Node &root, const QString &key)
{
    static const std::vector<Node> none;
    const Node *list = root.find(key);
    return list ? list->items : none;
}

void time(const Node &item, const QString &noun, Remarks &remarks)
{
    const QString form = item.find(u"form"_s) ? textOf(item, u"form"_s) : u"calendar"_s;
    const Node *when = item.find(u"when"_s);
    const bool timeless = form == "continuous"_L1 || form == "manual"_L1;
    if (!when && timeless)
        return;
    if (!when)
        return remarks.problems.push_back(problemAt(item.place, u"the %1 has no \"when\""_s.arg(noun),
            u"Say when, or write form: continuous or manual."_s));
    if (const auto complaint = checkWhen(when->text, form))
        remarks.problems.push_back(problemAt(when->place, complaint->text, complaint->remedy));
}

void windowLength(const Node &item, Remarks &remarks)
{
    if (!item.find(u"duration"_s))
        remarks.warnings.push_back(problemAt(item.place,
            u"the window \"%1\" has no duration"_s.arg(yaml::shown(textOf(item, u"name"_s))),
            u"Add how long it is open, such as duration: 2 h."_s));
}

void notItself(const Node &item, const QString &key, Remarks &remarks)
{
    const Node *other = item.find(key);
    if (other && other->text == textOf(item, u"name"_s))
        remarks.problems.push_back(problemAt(
            other->place, u"\"%1\" names the item itself"_s.arg(key), u"Name the one it comes from."_s));
}

void cluster(const Node &item, Remarks &remarks)
{
    const QString name = yaml::shown(textOf(item, u"name"_s));
    if (!item.find(u"environment"_s))
        remarks.warnings.push_back(problemAt(item.place,
            u"the cluster \"%1\" has no environment and counts as production"_s.arg(name),
            u"Add environment: production, test or lab."_s));
    if (!item.find(u"connect"_s))
        remarks.warnings.push_back(
            problemAt(item.place, u"the cluster \"%1\" has no connection and cannot be asked"_s.arg(name),
                u"Add connect: with a service, or host and user."_s));
    notItself(item, u"standby_of"_s, remarks);
}

void backupServer(const Node &item, Remarks &remarks)
{
    if (!item.find(u"url"_s))
        remarks.warnings.push_back(problemAt(item.place,
            u"the source \"%1\" has no url and cannot be asked"_s.arg(yaml::shown(textOf(item, u"name"_s))),
            u"Add url: https://host:8007."_s));
    const Node *user = item.find(u"user"_s);
    const auto complaint = user ? pbsUser().check(user->text) : std::nullopt;
    if (complaint)
        remarks.problems.push_back(problemAt(user->place, complaint->text, complaint->remedy));
}

void otherSource(const Node &item, const QString &kind, Remarks &remarks)
{
    for (const auto &key : { u"datastore"_s, u"namespace"_s, u"groups"_s, u"token_id"_s, u"totp_secret"_s }) {
        if (const Node *node = item.find(key))
            remarks.problems.push_back(problemAt(node->place,
                u"\"%1\" is for sources of kind pbs, and this one is %2"_s.arg(key, kind),
                u"Remove it, or correct the kind."_s));
    }
}

void source(const Node &item, Remarks &remarks)
{
    const QString kind = textOf(item, u"kind"_s);
    if (kind == "pbs"_L1)
        backupServer(item, remarks);
    else
        otherSource(item, kind, remarks);
    notItself(item, u"copy_of"_s, remarks);
}

} // namespace

Remarks remarksOn(const Node &root)
{
    Remarks remarks;
    for (const Node &item : itemsOf(root, u"clusters"_s))
        cluster(item, remarks);
    for (const Node &item : itemsOf(root, u"sources"_s))
        source(item, remarks);
    for (const Node &item : itemsOf(root, u"schedules"_s))
        time(item, u"schedule"_s, remarks);
    for (const Node &item : itemsOf(root, u"windows"_s)) {
        time(item, u"maintenance window"_s, remarks);
        windowLength(item, remarks);
    }
    return remarks;
}

} // namespace tidemark::fleetfile
