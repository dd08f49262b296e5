// arch: arm64
// rule: OH101
// expect: suspect OH101 f+0x40
// expect: unproved unreachable-end f
// flags: clang-19 -Oz -mbranch-protection=standard
// source: the twin of arm64-landing-pad-of-guard-and-entry.silent.s
// why: behind the landing pad something is computed, and no return follows

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	hint	#34
	cmp	x0, #3
	b.hi	.Lnone
	adrp	x2, .Ltable
	add	x2, x2, :lo12:.Ltable
	adr	x3, .Lone
	ldrb	w2, [x2, x0]
	add	x2, x3, x2, lsl #2
	br	x2
.Lone:
	hint	#36
	add	w0, w1, #1
	ret
.Ltwo:
	hint	#36
	add	w0, w1, #2
	ret
.Lnone:
	hint	#36
	mov	w0, #7	// planted: no return
	.cfi_endproc
	.size	f, .-f

	.section	.rodata
.Ltable:
	.byte	(.Lone-.Lone)/4
	.byte	(.Ltwo-.Lone)/4
	.byte	(.Lnone-.Lone)/4
	.byte	(.Lone-.Lone)/4
