#pragma once

#include <QWidget>

class QGridLayout;

namespace tidemark {

class TextLabel;

// Rows of "label  value"; values can be selected and copied.
class KeyValueList : public QWidget
{
    Q_OBJECT

public:
    enum class Face { Words, Machine };
    explicit KeyValueList(QWidget *parent = nullptr);
    // Answers with the value's label, for later changes.
    TextLabel *addRow(const QString &label, const QString &value, Face face = Face::Words);
    void addUnlessEmpty(const QString &label, const QString &value); // for words that may be missing
    void clear();

protected:
    bool event(QEvent *event) override;

private:
    QGridLayout *m_grid;
};

} // namespace tidemark
