#include "yaml/meant.h"

using namespace Qt::StringLiterals;

namespace tidemark::yaml {

static std::optional<std::size_t> indexAt(const Node &node, const Step &step)
{
    if (!step.item) {
        const int index = node.kind == Node::Kind::Map ? node.indexOf(step.name) : -1;
        return index < 0 ? std::nullopt : std::optional(static_cast<std::size_t>(index));
    }
    for (std::size_t i = 0; node.kind == Node::Kind::List && i < node.items.size(); ++i) {
        const Node *name = node.items[i].find(u"name"_s);
        if (name && name->text == step.name)
            return i;
    }
    return {};
}

Trail follow(const Node &root, const std::vector<Step> &steps)
{
    Trail trail { { &root }, {} };
    for (const Step &step : steps) {
        const auto index = indexAt(trail.last(), step);
        if (!index)
            break;
        trail.places.push_back(*index);
        trail.nodes.push_back(&trail.last().items[*index]);
    }
    return trail;
}

static Node mapWith(const QString &key, Node value)
{
    Node map;
    map.kind = Node::Kind::Map;
    map.keys.push_back(scalar(key, Node::Style::Plain));
    map.items.push_back(std::move(value));
    return map;
}

static Node itemWith(const QString &name, const Node &rest)
{
    Node map = mapWith(u"name"_s, scalar(name));
    map.keys.insert(map.keys.end(), rest.keys.begin(), rest.keys.end());
    map.items.insert(map.items.end(), rest.items.begin(), rest.items.end());
    return map;
}

Node wrapped(const std::vector<Step> &steps, std::size_t from, const Node &value)
{
    Node node = value;
    for (std::size_t i = steps.size(); i-- > from;) {
        if (!steps[i].item) {
            node = mapWith(steps[i].name, std::move(node));
            continue;
        }
        Node list;
        list.kind = Node::Kind::List;
        list.items.push_back(itemWith(steps[i].name, node));
        node = std::move(list);
    }
    return node;
}

std::size_t removalDepth(const Trail &trail)
{
    std::size_t depth = trail.places.size();
    while (depth > 1 && trail.nodes[depth - 1]->items.size() == 1)
        --depth;
    return depth;
}

static Node &nodeAt(Node &root, const Trail &trail, std::size_t depth)
{
    Node *node = &root;
    for (std::size_t i = 0; i < depth; ++i)
        node = &node->items[trail.places[i]];
    return *node;
}

static std::optional<Node> without(Node root, const Trail &trail)
{
    const std::size_t depth = removalDepth(trail);
    Node &parent = nodeAt(root, trail, depth - 1);
    const auto at = static_cast<std::ptrdiff_t>(trail.places[depth - 1]);
    parent.items.erase(parent.items.begin() + at);
    if (parent.kind == Node::Kind::Map)
        parent.keys.erase(parent.keys.begin() + at);
    return root.items.empty() ? std::nullopt : std::optional(std::move(root));
}

static std::optional<Node> with(Node root, const Trail &trail, const Change &change)
{
    const std::size_t depth = trail.places.size();
    Node &end = nodeAt(root, trail, depth);
    Node rest = wrapped(change.steps, depth, *change.value);
    if (depth == change.steps.size() || end.kind == Node::Kind::Null) {
        end = std::move(rest);
        return root;
    }
    if (end.kind != rest.kind)
        return {};
    end.keys.insert(end.keys.end(), rest.keys.begin(), rest.keys.end());
    end.items.insert(end.items.end(), rest.items.begin(), rest.items.end());
    return root;
}

std::optional<Node> meant(const Node &root, const Change &change)
{
    const Trail trail = follow(root, change.steps);
    if (change.value)
        return with(root, trail, change);
    return trail.places.size() < change.steps.size() ? std::optional(root) : without(root, trail);
}

} // namespace tidemark::yaml
