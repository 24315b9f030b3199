#include "yaml/node.h"

namespace tidemark::yaml {

int Node::indexOf(const QString &key) const
{
    for (std::size_t i = 0; i < keys.size(); ++i) {
        if (keys[i].text == key)
            return static_cast<int>(i);
    }
    return -1;
}

const Node *Node::find(const QString &key) const
{
    const int index = indexOf(key);
    return index < 0 ? nullptr : &items[static_cast<std::size_t>(index)];
}

Node scalar(const QString &text, Node::Style style)
{
    Node node;
    node.kind = Node::Kind::Scalar;
    node.style = style;
    node.text = text;
    return node;
}

static bool sameMeanings(const std::vector<Node> &a, const std::vector<Node> &b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), sameMeaning);
}

bool sameMeaning(const Node &a, const Node &b)
{
    return a.kind == b.kind && a.text == b.text && sameMeanings(a.keys, b.keys)
        && sameMeanings(a.items, b.items);
}

FileProblem problemAt(const Place &place, const QString &text, const QString &remedy)
{
    return { place.line, place.column, text, remedy };
}

} // namespace tidemark::yaml
