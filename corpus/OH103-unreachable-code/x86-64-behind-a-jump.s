// arch: x86-64
// rule: OH103
// expect: OH103 f+0x8
// flags: -O2
// why: nothing jumps to the two instructions behind the jmp: the branch over them was folded and they were kept

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	testl	%edi, %edi
	je	.L2
	movl	%esi, %eax
	jmp	.L3
	addl	$5, %eax	# planted: no label, no way in
	ret
.L2:
	movl	$7, %eax
.L3:
	ret
	.cfi_endproc
	.size	f, .-f
