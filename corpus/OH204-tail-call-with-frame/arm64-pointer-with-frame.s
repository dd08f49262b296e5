// arch: arm64
// rule: OH204
// expect: OH202 f+0x1c
// expect: OH203 f+0x1c
// expect: OH204 f+0x1c
// flags: -O2
// source: clang-19 -O2
// why: a tail call through a pointer with the frame still there. The switch's table counts instructions from a label,
//      which no program can do: the file names no place inside of f that the pointer could be (AAPCS64 6.4.5.2)

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	stp	x29, x30, [sp, #-16]!
	.cfi_def_cfa_offset 16
	.cfi_offset w30, -8
	.cfi_offset w29, -16
	mov	x29, sp
	bl	g
	cmp	w0, #2
	b.lo	.Lswitch
	adrp	x8, hook
	ldr	x8, [x8, :lo12:hook]
	br	x8	// planted: ldp x29, x30, [sp], #16 stood before it
.Lswitch:
	mov	w8, w0
	adrp	x9, .Ltable
	add	x9, x9, :lo12:.Ltable
	adr	x10, .L3
	ldrb	w11, [x9, x8]
	add	x10, x10, x11, lsl #2
	br	x10
.L3:
	mov	w0, #1
	ldp	x29, x30, [sp], #16
	.cfi_remember_state
	.cfi_def_cfa_offset 0
	.cfi_restore w30
	.cfi_restore w29
	ret
.L4:
	.cfi_restore_state
	mov	w0, #2
	ldp	x29, x30, [sp], #16
	.cfi_def_cfa_offset 0
	.cfi_restore w30
	.cfi_restore w29
	ret
	.cfi_endproc
	.size	f, .-f

	.section	.rodata
.Ltable:
	.byte	(.L3-.L3)>>2
	.byte	(.L4-.L3)>>2
