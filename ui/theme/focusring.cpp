#include "theme/focusring.h"

#include <QAbstractButton>
#include <QAbstractSpinBox>
#include <QApplication>
#include <QComboBox>
#include <QFocusFrame>
#include <QLineEdit>

namespace tidemark {

namespace {

// The control a person sees as focused: a line edit inside a combo or spin box stands for the whole.
QWidget *controlOf(QWidget *focused)
{
    if (!focused)
        return nullptr;
    QWidget *outer = focused->parentWidget();
    if (qobject_cast<QComboBox *>(outer) || qobject_cast<QAbstractSpinBox *>(outer))
        return outer;
    if (const auto *edit = qobject_cast<QLineEdit *>(focused))
        return edit->hasFrame() ? focused : nullptr;
    const bool ringed = qobject_cast<QAbstractButton *>(focused) || qobject_cast<QComboBox *>(focused)
        || qobject_cast<QAbstractSpinBox *>(focused);
    return ringed ? focused : nullptr;
}

} // namespace

FocusRing::FocusRing(QObject *parent)
    : QObject(parent)
{
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget *, QWidget *now) { follow(now); });
}

FocusRing::~FocusRing()
{
    delete m_frame;
}

void FocusRing::follow(QWidget *now)
{
    QWidget *control = controlOf(now);
    if (!m_frame) { // goes with the window it was last in
        if (!control)
            return;
        m_frame = new QFocusFrame(control->window());
    }
    m_frame->setWidget(control);
}

} // namespace tidemark
