#include "standin/faults.h"

#include <algorithm>
#include <array>

namespace tidemark::standin {

using namespace Qt::StringLiterals;

namespace {

struct Named {
    Fault::Kind kind;
    QLatin1StringView word;
};

constexpr std::array<Named, 12> Names { {
    { Fault::Kind::Delay, "delay"_L1 },
    { Fault::Kind::CutBody, "cut-body"_L1 },
    { Fault::Kind::GarbleJson, "garble-json"_L1 },
    { Fault::Kind::Status, "status"_L1 },
    { Fault::Kind::SlowBytes, "slow-bytes"_L1 },
    { Fault::Kind::DropBeforeHeaders, "drop-before-headers"_L1 },
    { Fault::Kind::DropAfterHeaders, "drop-after-headers"_L1 },
    { Fault::Kind::ShortLength, "short-length"_L1 },
    { Fault::Kind::LongLength, "long-length"_L1 },
    { Fault::Kind::CutHandshake, "cut-handshake"_L1 },
    { Fault::Kind::Hang, "hang"_L1 },
    { Fault::Kind::ProxyError, "proxy-error"_L1 },
} };

} // namespace

QString wordFor(Fault::Kind kind)
{
    const auto *const named
        = std::find_if(Names.begin(), Names.end(), [kind](const Named &n) { return n.kind == kind; });
    return named->word;
}

std::optional<Fault> faultFromJson(const QJsonObject &json)
{
    const QString word = json[u"kind"_s].toString();
    const auto *const named
        = std::find_if(Names.begin(), Names.end(), [&](const Named &n) { return n.word == word; });
    if (named == Names.end())
        return {};
    return Fault { named->kind, json[u"path"_s].toString(), json[u"times"_s].toInt(-1),
        json[u"ms"_s].toInt(0), json[u"status"_s].toInt(500) };
}

QJsonObject toJson(const Fault &fault)
{
    return { { u"kind"_s, wordFor(fault.kind) }, { u"path"_s, fault.path }, { u"times"_s, fault.times },
        { u"ms"_s, fault.ms }, { u"status"_s, fault.status } };
}

template <class Fits>
std::optional<Fault> Faults::take(Fits fits)
{
    const auto found = std::find_if(m_faults.begin(), m_faults.end(), fits);
    if (found == m_faults.end())
        return {};
    const Fault fault = *found;
    if (found->times > 0 && --found->times == 0)
        m_faults.erase(found);
    return fault;
}

std::optional<Fault> Faults::takeFor(const QString &path)
{
    return take(
        [&](const Fault &f) { return f.kind != Fault::Kind::CutHandshake && path.startsWith(f.path); });
}

bool Faults::takeHandshakeCut()
{
    return take([](const Fault &f) { return f.kind == Fault::Kind::CutHandshake; }).has_value();
}

QJsonArray Faults::list() const
{
    QJsonArray result;
    for (const Fault &fault : m_faults)
        result.append(toJson(fault));
    return result;
}

} // namespace tidemark::standin
