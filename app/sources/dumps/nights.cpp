#include "dumps/nights.h"

#include <algorithm>
#include <tuple>

namespace tidemark {

namespace {

using namespace std::chrono;

constexpr microseconds SameRun = hours(12);
constexpr qint64 SecondsOfDay = 86'400;

struct Placed {
    const NightMember *member = nullptr;
    QByteArray root; // folder of the night, else the folder it lies in
    bool rootDated = false;
    std::optional<NamedTime> named;
};

Placed placed(const NightMember &member)
{
    Placed one { &member, folderOf(member.path), false, namedTime(fileOf(member.path)) };
    for (QByteArray folder = one.root; !folder.isEmpty(); folder = folderOf(folder)) {
        const auto night = namedTime(fileOf(folder));
        if (!night)
            continue;
        one.root = folder;
        one.rootDated = true;
        if (!one.named)
            one.named = night;
        break;
    }
    return one;
}

microseconds apart(Instant a, Instant b)
{
    return a < b ? b - a : a - b;
}

bool sameDay(const NamedTime &a, const NamedTime &b)
{
    if (!a.second || !b.second)
        return a.day == b.day;
    const qint64 seconds = (a.day - b.day) * SecondsOfDay + *a.second - *b.second;
    return abs(microseconds(std::chrono::seconds(seconds))) <= SameRun;
}

bool sameRun(const Placed &dump, const Placed &globals)
{
    if (dump.member->cluster != globals.member->cluster)
        return false;
    if (dump.rootDated && dump.root == globals.root)
        return true;
    if (dump.named && globals.named)
        return sameDay(*dump.named, *globals.named);
    return apart(dump.member->modified, globals.member->modified) <= SameRun;
}

// All globals, so that those a dump may belong to are found without looking at each.
class Globals
{
public:
    explicit Globals(const std::vector<Placed> &all)
    {
        for (const Placed &one : all) {
            if (!one.member->hasGlobals)
                continue;
            m_byTime.push_back(&one);
            if (one.rootDated)
                m_byRoot[one.root].push_back(&one);
            if (one.named)
                m_byDay[one.named->day].push_back(&one);
        }
        std::ranges::sort(m_byTime, {}, [](const Placed *one) { return one->member->modified; });
    }
    [[nodiscard]] const Placed *of(const Placed &dump) const
    {
        const Placed *best = nullptr;
        if (dump.rootDated)
            consider(dump, m_byRoot.value(dump.root), best);
        for (qint64 day = -1; dump.named && day <= 1; ++day)
            consider(dump, m_byDay.value(dump.named->day + day), best);
        considerNear(dump, best);
        return best;
    }

private:
    static constexpr int MostNear = 64; // copies without their times are all of one instant

    void considerNear(const Placed &dump, const Placed *&best) const
    {
        const auto time = [](const Placed *one) { return one->member->modified; };
        const auto from = std::ranges::lower_bound(m_byTime, dump.member->modified, {}, time);
        auto before = from;
        for (int i = 0; i < MostNear && before != m_byTime.begin(); ++i)
            consider(dump, { *--before }, best);
        for (auto [after, i] = std::pair(from, 0); i < MostNear && after != m_byTime.end(); ++i, ++after)
            consider(dump, { *after }, best);
    }
    static void consider(
        const Placed &dump, const std::vector<const Placed *> &candidates, const Placed *&best)
    {
        for (const Placed *one : candidates)
            if (sameRun(dump, *one) && (best == nullptr || rank(dump, *one) < rank(dump, *best)))
                best = one;
    }
    static std::tuple<bool, microseconds, QString> rank(const Placed &dump, const Placed &globals)
    {
        return { dump.root != globals.root, apart(dump.member->modified, globals.member->modified),
            globals.member->id };
    }

    std::vector<const Placed *> m_byTime;
    QHash<QByteArray, std::vector<const Placed *>> m_byRoot;
    QHash<qint64, std::vector<const Placed *>> m_byDay;
};

} // namespace

QHash<QString, QString> globalsOfRuns(const std::vector<NightMember> &members)
{
    std::vector<Placed> all;
    all.reserve(members.size());
    for (const NightMember &member : members)
        all.push_back(placed(member));
    const Globals globals(all);
    QHash<QString, QString> found;
    for (const Placed &one : all) {
        if (one.member->hasGlobals)
            found.insert(one.member->id, one.member->id);
        else if (const Placed *own = globals.of(one))
            found.insert(one.member->id, own->member->id);
    }
    return found;
}

} // namespace tidemark
