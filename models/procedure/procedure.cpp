#include "procedure/procedure.h"

#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

bool isOfPerson(const Step &step)
{
    return step.kind == StepKind::Confirm || step.kind == StepKind::ByHand;
}

// A shell gets no NUL, and a file name made of the id stays one.
bool isPlainId(const QString &id)
{
    return !id.isEmpty() && id.size() <= 60 && id.front() != u'.' && std::ranges::all_of(id, [](QChar c) {
        return (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9') || c == u'.' || c == u'-';
    });
}

QString faultOf(const Step &step)
{
    if (!isPlainId(step.id))
        return u"step \"%1\": an id has small letters, digits, points and dashes"_s.arg(step.id);
    if (isOfPerson(step) == !step.command.isEmpty())
        return isOfPerson(step) ? u"step %1 is a person's and has a script"_s.arg(step.id)
                                : u"step %1 has no script"_s.arg(step.id);
    if (step.command.contains(QChar(0)) || step.look.contains(QChar(0)))
        return u"step %1: the script holds a NUL character"_s.arg(step.id);
    if (!isOfPerson(step) && step.repeat == Repeatability::LookFirst && step.look.isEmpty())
        return u"step %1 says that one has to look first, but not how"_s.arg(step.id);
    return {};
}

} // namespace

const Step *Procedure::find(const QString &step) const
{
    const auto found = std::ranges::find(steps, step, &Step::id);
    return found == steps.end() ? nullptr : &*found;
}

std::optional<Host> Procedure::hostOf(const Step &step) const
{
    const auto found = std::ranges::find(hosts, step.host, &Host::name);
    if (found != hosts.end())
        return *found;
    return step.host.isEmpty() ? std::optional(Host {}) : std::nullopt;
}

QStringList faultsOf(const Procedure &procedure)
{
    QStringList faults;
    QSet<QString> seen;
    for (const Step &step : procedure.steps) {
        if (const QString fault = faultOf(step); !fault.isEmpty())
            faults += fault;
        if (seen.contains(step.id))
            faults += u"two steps are called %1"_s.arg(step.id);
        seen.insert(step.id);
        if (!procedure.hostOf(step))
            faults += u"step %1 runs on %2, which is not described"_s.arg(step.id, step.host);
    }
    if (procedure.steps.empty())
        faults += u"there are no steps"_s;
    return faults;
}

} // namespace tidemark
