#include "insight/rules/rules.h"

using namespace Qt::StringLiterals;

namespace tidemark::rules {

namespace {

// A job starts within minutes of its time; one that has not done so in a day is not going to.
constexpr std::chrono::hours Overdue { 24 };

const char *failedCode(const QString &kind)
{
    if (kind == u"verify")
        return "job.verify-failed";
    if (kind == u"sync")
        return "job.sync-failed";
    if (kind == u"gc")
        return "job.gc-failed";
    return kind == u"prune" ? "job.prune-failed" : nullptr;
}

void job(const Scene &scene, const SourceView &view, const Job &job, Found &found)
{
    const char *code = failedCode(job.kind);
    if (code && job.lastState == RunState::Failed) {
        Finding &finding = found.add(code, {}, view.source->name);
        finding.subject = job.id;
        finding.part = job.subject;
        finding.since = job.lastRun;
        finding.said = job.lastSaid;
    }
    const auto readAt = view.facts->readAt;
    if (job.enabled && job.nextRun && readAt && *readAt - *job.nextRun > Overdue
        && job.lastState != RunState::Running && *readAt <= scene.now()) {
        Finding &finding = found.add("job.overdue", {}, view.source->name);
        finding.subject = job.id;
        finding.part = job.subject;
        finding.since = job.nextRun;
    }
}

} // namespace

void jobs(const Scene &scene, Found &found)
{
    for (const SourceView &view : scene.sources())
        if (view.facts)
            for (const Job &one : view.facts->jobs)
                job(scene, view, one, found);
}

} // namespace tidemark::rules
