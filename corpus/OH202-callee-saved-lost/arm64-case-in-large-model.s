// arch: arm64
// rule: OH202
// expect: OH202 f+0x34
// expect: OH302 f+0x30
// flags: -O1 -mcmodel=large -fno-pic
// why: a case of a table of the large code model clobbers a callee-saved register

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	cmp	w0, #2
	b.hi	.Ldefault
	movz	x9, #:abs_g0_nc:.Ltable
	movk	x9, #:abs_g1_nc:.Ltable
	movk	x9, #:abs_g2_nc:.Ltable
	movk	x9, #:abs_g3:.Ltable
	mov	w8, w0
	adr	x10, .Lone
	ldrb	w11, [x9, x8]
	add	x10, x10, x11, lsl #2
	br	x10
.Lone:
	mov	x19, x1
	add	w0, w1, #1
	ret
.Ltwo:
	add	w0, w1, #2
	ret
.Ldefault:
	mov	w0, #7
	ret
	.cfi_endproc
	.size	f, .-f

	.section	.rodata
.Ltable:
	.byte	(.Lone-.Lone)/4
	.byte	(.Ltwo-.Lone)/4
	.byte	(.Lone-.Lone)/4
