#include "fleetfile/fleetedit.h"

#include "fleetfile/fleettext.h"
#include "fleetfile/tables.h"
#include "yaml/edit.h"
#include "yaml/screen.h"

using namespace Qt::StringLiterals;

namespace tidemark::fleetfile {

using yaml::KeySpec;
using yaml::MapSpec;
using yaml::Node;
using yaml::Shape;

namespace {

struct Target {
    std::vector<yaml::Step> steps;
    const KeySpec *key = nullptr; // of the last key; nothing: the path ends at an item
};

Result<Target> unknown(const FleetEdit &edit)
{
    return failure(ErrorKind::Invalid, u"fleet.unknown-key"_s, yaml::shown(edit.path.join(u" / "_s), 200));
}

// Takes the path apart along the key tables: which parts are keys, which are names of items.
Result<Target> targetOf(const FleetEdit &edit)
{
    Target target;
    const MapSpec *map = &fleetTable().spec();
    for (qsizetype i = 0; i < edit.path.size(); ++i) {
        const QString &part = edit.path[i];
        target.key = map ? map->find(part) : nullptr;
        if (!target.key)
            return unknown(edit);
        target.steps.push_back({ part, false });
        map = target.key->map;
        const bool more = i + 1 < edit.path.size();
        if (target.key->shape == Shape::Items && more)
            target.steps.push_back({ edit.path[++i], true });
        if (target.key->shape == Shape::Pairs && more)
            target.steps.push_back({ edit.path[++i], false });
    }
    if (target.steps.empty())
        return unknown(edit);
    return target;
}

bool bare(const KeySpec &key)
{
    return key.kind != &yaml::anyText();
}

std::optional<Node> valueOf(const Target &target, const QString &text)
{
    const auto style = bare(*target.key) ? Node::Style::Plain : Node::Style::Double;
    const bool pair = target.key->shape == Shape::Pairs && target.steps.back().name != target.key->key;
    if (target.key->shape == Shape::Scalar || pair)
        return yaml::scalar(text, style);
    if (target.key->shape != Shape::Texts)
        return {};
    Node list;
    list.kind = Node::Kind::List;
    for (const QString &line : text.split(u'\n', Qt::SkipEmptyParts))
        list.items.push_back(yaml::scalar(line, style));
    return list;
}

Result<QByteArray> editOnce(const QByteArray &text, const FleetEdit &edit)
{
    const auto target = targetOf(edit);
    if (!target)
        return tl::unexpected(target.error());
    yaml::Change change { target->steps, {} };
    if (!edit.value.isEmpty()) {
        change.value = valueOf(*target, edit.value);
        if (!change.value || target->steps.back().item)
            return tl::unexpected(unknown(edit).error());
    }
    auto now = yaml::edited(text, change);
    if (!now)
        return failure(
            ErrorKind::Conflict, u"fleet.cannot-edit"_s, yaml::shown(edit.path.join(u" / "_s), 200));
    return std::move(*now);
}

} // namespace

Result<QByteArray> editFleet(const QByteArray &before, const std::vector<FleetEdit> &edits)
{
    QByteArray text = before.isEmpty() ? renderFleet({}) : before;
    for (const FleetEdit &edit : edits) {
        auto next = editOnce(text, edit);
        if (!next)
            return next;
        text = std::move(*next);
    }
    return text;
}

} // namespace tidemark::fleetfile
